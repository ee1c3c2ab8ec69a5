namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>A program to start. Arguments are passed one by one, never through a shell.</summary>
/// <param name="Command">A name on <c>PATH</c>, or a path.</param>
/// <param name="Arguments">Its arguments. None may hold a secret: every user of the machine can read them.</param>
public sealed record ProcessRequest(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables that are set in addition; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads from its standard input: the way for secrets, which then are on no command line and in no file.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The folder in which it runs; empty for the <see cref="Kustomize.Loading.WorkingFolder"/>.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>How long it may run before it is ended.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether it is ended also when this process is killed and has no chance to do it itself. On Linux and macOS a shell watches over
    /// it, which notices that the pipe from this process closes; on Windows a job object ends it with the last handle, which is this process's.
    /// </summary>
    public bool EndsWithCaller { get; init; }

    /// <summary>
    /// For output that is read on and not shown: most bytes of standard output, which are kept as they are in
    /// <see cref="ProcessResult.Bytes"/>. A program that writes more is ended. Null for text.
    /// </summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The command line for messages; it is never executed.</summary>
    public override string ToString() => string.Join(' ', [Command, .. Arguments.Select(a => a.Contains(' ', StringComparison.Ordinal) ? $"\"{a}\"" : a)]);
}

/// <summary>How a program ended, with what it wrote. Secrets that are known are masked.</summary>
/// <param name="ExitCode">Its exit code; 0 is success.</param>
/// <param name="Output">What it wrote to standard output, where that is text: at most the last 4 million characters.</param>
/// <param name="Error">What it wrote to standard error, at most the last 4 million characters.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote to standard output, where bytes were asked for: as it is, with any secrets.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
