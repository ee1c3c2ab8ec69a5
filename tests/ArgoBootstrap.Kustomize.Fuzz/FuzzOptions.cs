using System.Globalization;

namespace ArgoBootstrap.Kustomize.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = "--mode differential|crash --minutes N [--seed S] [--output FOLDER] [--keep N]";

    /// <summary><c>differential</c> or <c>crash</c>.</summary>
    public string Mode { get; init; } = "differential";

    /// <summary>How long to run.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The first seed; every tree takes the next one.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where trees go that show something.</summary>
    public string Output { get; init; } = Path.Join("artifacts", "fuzz");

    /// <summary>Most trees of different output that are made small and kept.</summary>
    public int MostKept { get; init; } = 40;

    /// <summary>Reads the command line.</summary>
    /// <returns>Null when it is not understood.</returns>
    public static FuzzOptions? Parse(string[] args)
    {
        var options = new FuzzOptions();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            bool isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out double number);
            switch (args[i])
            {
                case "--mode" when value is "differential" or "crash":
                    options = options with { Mode = value };
                    break;
                case "--minutes" when isNumber:
                    options = options with { Time = TimeSpan.FromMinutes(number) };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = (long)number };
                    break;
                case "--keep" when isNumber:
                    options = options with { MostKept = (int)number };
                    break;
                case "--output":
                    options = options with { Output = value };
                    break;
                default:
                    return null;
            }
        }
        return args.Length % 2 == 0 ? options : null;
    }
}
