using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>Starts programs with argument lists, hands their output on line by line, and ends them with all their children when it is stopped.</summary>
/// <param name="masker">Takes secrets out of what they write.</param>
public sealed class ProcessRunner(SecretMasker masker) : IProcessRunner
{
    private const int LongestOutput = 4_000_000;

    /// <inheritdoc/>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, IProgress<string>? output = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string program = ProgramPath.Find(request.Command) ?? throw NotStarted(request, "no folder of the PATH has it.", null);
        using var process = new Process { StartInfo = StartInfo(request, program) };
        var standardOutput = new StringBuilder();
        var standardError = new StringBuilder();
        using var bytes = new MemoryStream();
        long started = Stopwatch.GetTimestamp();
        ActivityLog.Step($"Started {masker.MaskText($"{request.Command} {string.Join(' ', request.Arguments)}")}");
        using ProcessWatch? watch = request.EndsWithCaller ? ProcessWatch.Start() : null;
        try
        {
            process.Start();
            watch?.Observe(process);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or DirectoryNotFoundException)
        {
            throw NotStarted(request, e.Message, e);
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(request.Timeout);
        try
        {
            await Task.WhenAll(
                WriteInputAsync(process, request.Input, timeout.Token),
                request.MaximumBytes is { } maximum
                    ? CopyAsync(process.StandardOutput.BaseStream, bytes, maximum, timeout)
                    : PumpAsync(process.StandardOutput, standardOutput, output, timeout.Token),
                PumpAsync(process.StandardError, standardError, output, timeout.Token),
                process.WaitForExitAsync(timeout.Token)).ConfigureAwait(false);
        }
        catch (OutputTooLongException)
        {
            Kill(process);
            throw new OperationException(
                ProcessErrorIds.ProgramFailed,
                $"The program '{request.Command}' wrote more than {request.MaximumBytes} bytes and was ended.",
                "Look at what it writes.");
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw new OperationException(
                ProcessErrorIds.ProgramFailed,
                $"The program '{request.Command}' did not end within {request.Timeout.TotalSeconds:0} seconds and was ended.",
                "Look at what it wrote last, or allow it more time.");
        }
        ActivityLog.Step($"{request.Command} ended with exit code {process.ExitCode} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return new ProcessResult(process.ExitCode, masker.MaskText(standardOutput.ToString()), masker.MaskText(standardError.ToString()))
        {
            Bytes = bytes.GetBuffer().AsMemory(0, (int)bytes.Length),
        };
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, or closed its input, without reading all of it.
        }
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, long maximum, CancellationTokenSource stop)
    {
        byte[] buffer = new byte[16 << 10];
        while (await from.ReadAsync(buffer, stop.Token).ConfigureAwait(false) is int read and > 0)
        {
            if (to.Length + read > maximum)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw new OutputTooLongException();
            }
            to.Write(buffer, 0, read);
        }
    }

    private async Task PumpAsync(StreamReader reader, StringBuilder text, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            text.Append(line).Append('\n');
            if (text.Length > LongestOutput)
            {
                text.Remove(0, text.Length - (LongestOutput / 2));
            }
            if (!string.IsNullOrWhiteSpace(line))
            {
                progress?.Report(masker.MaskText(line));
            }
        }
    }

    private static OperationException NotStarted(ProcessRequest request, string reason, Exception? inner) => new(
        ProcessErrorIds.ProgramNotFound,
        $"The program '{request.Command}' cannot be started: {reason}",
        $"Install {Path.GetFileNameWithoutExtension(request.Command)} and put it on PATH, or name its path.",
        inner);

    private static ProcessStartInfo StartInfo(ProcessRequest request, string program)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = WorkingFolder.ForProgram(request.WorkingDirectory),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in request.Arguments)
        {
            info.ArgumentList.Add(argument);
        }
        foreach ((string name, string? value) in request.Environment)
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

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Ends the reading of a program that writes without end.</summary>
    private sealed class OutputTooLongException : Exception;
}
