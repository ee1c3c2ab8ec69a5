using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ArgoBootstrap.TestSupport.Secrets;

/// <summary>
/// Looks for planted secrets in all that a test run leaves or says: what tests hand in, messages of the product's exceptions,
/// arguments of child processes, and the files of the run's own temporary folder except those in which tests planted them.
/// Used as an assembly fixture; the run fails at its end when a secret was found.
/// </summary>
public sealed class SecretScan : IAsyncDisposable
{
    private static readonly ConcurrentQueue<string> Leaks = new();
    private static readonly ConcurrentDictionary<string, bool> Inputs = new(StringComparer.Ordinal);
    private readonly string? _before = Environment.GetEnvironmentVariable("TMPDIR");
    private readonly string _folder;
    private readonly ProcessArguments _arguments;

    /// <summary>Begins to look, and gives the run a temporary folder of its own.</summary>
    public SecretScan()
    {
        _folder = Directory.CreateTempSubdirectory("argobootstrap-run-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("TMPDIR", _folder);
        }
        _arguments = new ProcessArguments((program, arguments) => Collect($"arguments of {program}", arguments));
        AppDomain.CurrentDomain.FirstChanceException += OnException;
    }

    /// <summary>Hands in something that was said: output, progress, a log, an error.</summary>
    /// <param name="source">What said it, for the message.</param>
    /// <param name="text">What was said.</param>
    public static void Collect(string source, string? text)
    {
        foreach (string leak in PlantedSecrets.Find(text ?? ""))
        {
            Leaks.Enqueue($"{source}: {leak}");
        }
    }

    /// <summary>Hands in every file of a folder that is about to be deleted.</summary>
    /// <param name="folder">The folder.</param>
    public static void CollectFolder(string folder)
    {
        foreach (string leak in InFolder(folder))
        {
            Leaks.Enqueue(leak);
        }
    }

    /// <summary>Says that a file or folder is an input that holds secrets because a test put them there.</summary>
    /// <param name="path">Its absolute path.</param>
    public static void IsInput(string path) => Inputs[path] = true;

    /// <summary>What is in the files of a folder, inputs left out.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> InFolder(string folder)
    {
        var found = new List<string>();
        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            // Pipes, such as those that a killed .NET process leaves behind, have no length, and reading one would never end.
            if (new FileInfo(file) is not { Exists: true, Length: > 0 } || Inputs.Keys.Any(i => file == i || file.StartsWith(i + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                continue;
            }
            try
            {
                found.AddRange(PlantedSecrets.Find(File.ReadAllBytes(file)).Select(l => $"file {Path.GetRelativePath(folder, file)}: {l}"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or a socket.
            }
        }
        return found;
    }

    /// <summary>Looks through what is left, and fails the run when anything was found.</summary>
    /// <exception cref="InvalidOperationException">A planted secret was found; every place is named.</exception>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        await _arguments.DisposeAsync();
        CollectFolder(_folder);
        Environment.SetEnvironmentVariable("TMPDIR", _before);
        // Other fixtures may still have servers in it, which they stop and delete after this one.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(_folder);
        ThrowIfAny(Leaks);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is the system's to clear.
        }
    }

    /// <summary>Fails when there are leaks.</summary>
    /// <param name="leaks">What was found.</param>
    /// <exception cref="InvalidOperationException">There is at least one.</exception>
    public static void ThrowIfAny(IReadOnlyCollection<string> leaks)
    {
        if (leaks.Count > 0)
        {
            throw new InvalidOperationException($"{leaks.Count} planted secrets have leaked:\n{string.Join('\n', leaks.Distinct(StringComparer.Ordinal).Take(50))}");
        }
    }

    private static void OnException(object? sender, FirstChanceExceptionEventArgs e)
    {
        string type = e.Exception.GetType().FullName ?? "";
        if (type.StartsWith("ArgoBootstrap.", StringComparison.Ordinal) && !type.StartsWith("ArgoBootstrap.TestSupport", StringComparison.Ordinal))
        {
            Collect($"message of {type}", e.Exception.Message);
        }
    }
}
