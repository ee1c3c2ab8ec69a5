namespace ArgoBootstrap.Shell;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    private const string Usage = """
        Runs ArgoBootstrap commands without pwsh.

        Usage:
          argobootstrap -Command <text>
          argobootstrap [-File] <script.ps1> [argument ...]

          -Command, -c   Commands to run, in PowerShell. '-' reads them from standard input.
          -File, -f      A script to run. What follows are its arguments, -Name value included.
          -Help, -h      Shows this text.

        The module ArgoBootstrap is imported. The exit code is 1 when an error was reported, otherwise 0, or what the
        script says with 'exit'.
        """;

    /// <summary>Commands to run, or <see langword="null"/> where a script is given.</summary>
    public string? Command { get; private init; }

    /// <summary>The path of a script to run, or <see langword="null"/> where commands are given.</summary>
    public string? File { get; private init; }

    /// <summary>The arguments of the script.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Whether only the usage is asked for.</summary>
    public bool Help { get; private init; }

    /// <summary>Why the command line cannot be understood.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments of the process.</param>
    public static Options Parse(string[] args)
    {
        if (args.Length == 0)
        {
            return new Options { Error = "Say what to run." };
        }

        string[] rest = args[1..];
        return Normalize(args[0]) switch
        {
            "-help" or "-h" or "-?" => new Options { Help = true },
            "-command" or "-c" when rest.Length == 0 => new Options { Error = "-Command needs the commands to run." },
            "-command" or "-c" when rest is ["-"] => new Options { Command = Console.In.ReadToEnd() },
            "-command" or "-c" => new Options { Command = string.Join(' ', rest) },
            "-file" or "-f" when rest.Length == 0 => new Options { Error = "-File needs the path of a script." },
            "-file" or "-f" => new Options { File = rest[0], Arguments = rest[1..] },
            ['-', ..] => new Options { Error = $"'{args[0]}' is not an option." },
            _ => new Options { File = args[0], Arguments = rest },
        };
    }

    /// <summary>Prints how to call the program.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="exitCode">What to end with.</param>
    /// <param name="error">What was wrong with the command line, if anything.</param>
    /// <returns><paramref name="exitCode"/></returns>
    public static int PrintUsage(TextWriter writer, int exitCode, string? error = null)
    {
        if (error is not null)
        {
            writer.WriteLine(error);
            writer.WriteLine();
        }

        writer.WriteLine(Usage);
        return exitCode;
    }

    private static string Normalize(string option) =>
        (option.StartsWith("--", StringComparison.Ordinal) ? option[1..] : option).ToLowerInvariant();
}
