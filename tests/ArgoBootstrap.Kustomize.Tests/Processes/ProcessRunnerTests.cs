using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Tests.Processes;

public sealed class ProcessRunnerTests
{
    private readonly SecretMasker _masker = new();

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell's printf");
        ProcessResult result = await new ProcessRunner(_masker).RunAsync(new ProcessRequest("printf", ["%s|", "a b", "$HOME", "\"quoted\"", "*"]));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("a b|$HOME|\"quoted\"|*|", result.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Secrets_are_masked_in_output_and_progress()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        _masker.Add("hunter2-hunter2");
        var lines = new List<string>();

        ProcessResult result = await new ProcessRunner(_masker).RunAsync(new ProcessRequest("sh", ["-c", "echo one hunter2-hunter2; echo two hunter2-hunter2 >&2; exit 3"]), new Lines(lines));

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("one ***\n", result.Output);
        Assert.Equal("two ***\n", result.Error);
        Assert.Equal(["one ***", "two ***"], lines.Order());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<OperationException>(() => new ProcessRunner(_masker).RunAsync(new ProcessRequest("no-such-program-5c1e", [])));

        Assert.Equal(ProcessErrorIds.ProgramNotFound, error.Id);
        Assert.Contains("no-such-program-5c1e", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_end_is_ended_with_its_children()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        string marker = Path.Combine(Path.GetTempPath(), $"argobootstrap-child-{Guid.NewGuid():N}");
        var request = new ProcessRequest("sh", ["-c", $"(sleep 4; touch '{marker}') & wait"]) { Timeout = TimeSpan.FromMilliseconds(300) };

        var error = await Assert.ThrowsAsync<OperationException>(() => new ProcessRunner(_masker).RunAsync(request));
        await Task.Delay(TimeSpan.FromSeconds(5));

        Assert.Equal(ProcessErrorIds.ProgramFailed, error.Id);
        Assert.False(File.Exists(marker), "a child went on");
    }

    [Fact]
    public async Task Stopping_ends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProcessRunner(_masker).RunAsync(new ProcessRequest("sleep", ["60"]), null, stop.Token));
    }

    [Fact]
    public async Task Bytes_arrive_as_they_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell's printf");
        _masker.Add("hunter2-hunter2");

        ProcessResult result = await new ProcessRunner(_masker).RunAsync(new ProcessRequest("printf", ["hunter2-hunter2\\r\\n\\377"]) { MaximumBytes = 1000 });

        Assert.Equal([.. "hunter2-hunter2\r\n"u8, 0xFF], result.Bytes.ToArray());
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task What_writes_more_than_is_allowed_is_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs yes");

        var error = await Assert.ThrowsAsync<OperationException>(() => new ProcessRunner(_masker).RunAsync(new ProcessRequest("yes", []) { MaximumBytes = 100_000 }));

        Assert.Equal(ProcessErrorIds.ProgramFailed, error.Id);
        Assert.Contains("100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_reaches_the_program_whole_and_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs wc");
        var runner = new ProcessRunner(_masker);
        byte[] input = new byte[1_000_000];

        ProcessResult counted = await runner.RunAsync(new ProcessRequest("wc", ["-c"]) { Input = input });
        ProcessResult nothing = await runner.RunAsync(new ProcessRequest("wc", ["-c"]));
        ProcessResult unread = await runner.RunAsync(new ProcessRequest("true", []) { Input = input });

        Assert.Equal(("1000000", "0", 0), (counted.Output.Trim(), nothing.Output.Trim(), unread.ExitCode));
    }

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines)
            {
                lines.Add(value);
            }
        }
    }
}
