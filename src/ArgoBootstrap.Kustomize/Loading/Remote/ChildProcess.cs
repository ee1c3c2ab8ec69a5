using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>A program to run: never through a shell, without input, with all that it says caught.</summary>
/// <param name="FileName">A name looked up in the PATH, or a path.</param>
/// <param name="Arguments">One item per argument.</param>
internal sealed record ChildProcess(string FileName, IReadOnlyList<string> Arguments)
{
    private const int MaximumErrorBytes = 1 << 20;
    private const int FileNotFoundCode = 2;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Folder that it runs in; null for the <see cref="WorkingFolder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Environment variables that differ from this process's; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Longest that it may run; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most bytes of output that are taken.</summary>
    public long MaximumOutputBytes { get; init; } = 64L << 20;

    /// <summary>Runs it to its end. When that is cut short, the program and all that it started are ended.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Win32Exception">The program is not there or cannot be started.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="FileTooLongException">It printed too much.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ChildProcessResult Run(CancellationToken cancellation) =>
        Task.Run(() => RunAsync(cancellation), CancellationToken.None).GetAwaiter().GetResult();

    private async Task<ChildProcessResult> RunAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(Timeout ?? System.Threading.Timeout.InfiniteTimeSpan);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var process = new Process { StartInfo = StartInfo() };
        long started = Stopwatch.GetTimestamp();
        string command = UrlRedaction.Text($"{FileName} {string.Join(' ', Arguments)}");
        ActivityLog.Step($"Started {command}");
        process.Start();
        try
        {
            process.StandardInput.Close();
            Task<byte[]> output = ReadAsync(process.StandardOutput.BaseStream, MaximumOutputBytes, isBounded: false, either.Token);
            Task<byte[]> error = ReadAsync(process.StandardError.BaseStream, MaximumErrorBytes, isBounded: true, either.Token);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            ActivityLog.Step($"{FileName} ended with exit code {process.ExitCode} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
            return new ChildProcessResult(process.ExitCode, await output.ConfigureAwait(false), Encoding.UTF8.GetString(await error.ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {Timeout!.Value.TotalSeconds:0.###} s.");
        }
        finally
        {
            if (!process.HasExited)
            {
                End(process);
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(ProgramPath.Find(FileName) ?? throw new Win32Exception(FileNotFoundCode), Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingFolder.ForProgram(Folder),
        };
        foreach ((string name, string? value) in Environment)
        {
            // Before .NET 9, setting null sets an empty value, which is not the same to git.
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }
        return info;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long maximum, bool isBounded, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is int read and > 0)
        {
            if (content.Length + read <= maximum)
            {
                content.Write(buffer, 0, read);
            }
            else if (!isBounded)
            {
                throw new FileTooLongException(content.Length + read, maximum);
            }
        }
        return content.ToArray();
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Grace);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or cannot be ended by us.
        }
    }
}

/// <summary>What a program came to.</summary>
/// <param name="ExitCode">0 when it went well.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said beside that.</param>
internal sealed record ChildProcessResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>What it printed, as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output);
}
