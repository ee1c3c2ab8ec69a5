using System.Runtime.Versioning;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Core.Tests.Auditing;

/// <summary>Where the audit log may be, and what is noticed about files that somebody else put there.</summary>
public sealed class AuditLogPlaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-audit-").FullName;

    private string LogPath => Path.Combine(_folder, "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_place_that_cannot_be_written_is_told_before_anything_is_changed()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var log = new AuditLog(new SecretMasker(), Path.Combine(_folder, "file", "audit.jsonl"));

        var error = Assert.Throws<OperationException>(log.RequireWritable);

        Assert.Equal(ErrorIds.FileAccess, error.Id);
        Assert.Contains("nothing was changed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".lock")]
    public void A_link_is_refused(string suffix)
    {
        string victim = Path.Combine(_folder, "victim");
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(LogPath + suffix, victim);
        var log = new AuditLog(new SecretMasker(), LogPath);

        var error = Assert.Throws<OperationException>(log.RequireWritable);
        Assert.Contains("is a link", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => log.Append(new AuditRecord { Cmdlet = "one" }));
        Assert.Equal("untouched", File.ReadAllText(victim));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_lax_mode_is_tightened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        File.WriteAllText(LogPath, "");
        File.SetUnixFileMode(LogPath, (UnixFileMode)0b110_110_110);

        new AuditLog(new SecretMasker(), LogPath).Append(new AuditRecord { Cmdlet = "one" });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Fact]
    public async Task A_pipe_is_refused_without_waiting()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "There is no mkfifo.");
        using (var made = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [LogPath]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var error = Assert.Throws<OperationException>(new AuditLog(new SecretMasker(), LogPath).RequireWritable);

        Assert.Contains("is not a regular file", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => new AuditLogReader(LogPath).Verify());
    }

    [Fact]
    public void A_garbage_line_is_tampering()
    {
        WriteThree();
        File.AppendAllText(LogPath, "garbage\n");

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());

        Assert.Equal(4, fault.Line);
        Assert.True(fault.IsTampering);
    }

    [Fact]
    public void A_line_that_only_looks_like_a_record_does_not_stop_the_next_one()
    {
        WriteThree();
        File.AppendAllText(LogPath, "{\"seq\":\"x\",\"hash\":1}\n");

        new AuditLog(new SecretMasker(), LogPath).Append(new AuditRecord { Cmdlet = "four" });

        Assert.All(new AuditLogReader(LogPath).Verify(), fault => Assert.True(fault.IsTampering));
        Assert.Contains(new AuditLogReader(LogPath).Read(), entry => entry is { Sequence: 4, Record.Cmdlet: "four" });
    }

    [Fact]
    public void An_end_that_was_cut_off_with_the_lock_file_is_noticed()
    {
        string[] lines = WriteThree();
        File.WriteAllLines(LogPath, lines[..2]);
        File.Delete(LogPath + ".lock");

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());

        Assert.True(fault.IsTampering);
        Assert.Contains("audit.jsonl.lock", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_the_lock_file_was_missing_stays_known_when_more_is_written()
    {
        string[] lines = WriteThree();
        File.WriteAllLines(LogPath, lines[..2]);
        File.Delete(LogPath + ".lock");
        new AuditLog(new SecretMasker(), LogPath).Append(new AuditRecord { Cmdlet = "four" });

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());

        Assert.Equal(3, fault.Line);
        Assert.True(fault.IsTampering);
    }

    [Fact]
    public void A_relative_path_counts_from_the_working_folder_that_was_entered()
    {
        using (WorkingFolder.Enter(_folder))
        {
            Assert.Equal(LogPath, new AuditLog(new SecretMasker(), "audit.jsonl").FilePath);
        }

        Assert.NotEqual(LogPath, new AuditLog(new SecretMasker(), "audit.jsonl").FilePath);
    }

    private string[] WriteThree()
    {
        var log = new AuditLog(new SecretMasker(), LogPath);
        foreach (string name in new[] { "one", "two", "three" })
        {
            log.Append(new AuditRecord { Cmdlet = name });
        }
        return File.ReadAllLines(LogPath);
    }
}
