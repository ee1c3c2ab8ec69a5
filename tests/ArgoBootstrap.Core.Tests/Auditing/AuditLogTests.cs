using System.Security;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Core.Tests.Auditing;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-audit-").FullName;
    private readonly SecretMasker _masker = new();

    private string LogPath => Path.Combine(_folder, "logs", "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        var record = new AuditRecord
        {
            Cmdlet = "Install-ArgoCD",
            Parameters = new Dictionary<string, object?> { ["Namespace"] = "argocd", ["Force"] = true, ["Names"] = new[] { "a", "b" } },
            Context = "prod",
            Server = "https://api.example.com",
            Target = "namespace argocd",
            Outcome = AuditOutcome.Failed,
            Message = "line one\nline two",
            Duration = TimeSpan.FromMilliseconds(1500),
            CorrelationId = "c-1",
        };

        new AuditLog(_masker, LogPath).Append(record);

        AuditEntry entry = Assert.Single(new AuditLogReader(LogPath).Read());
        Assert.Equal("Install-ArgoCD", entry.Record.Cmdlet);
        Assert.Equal("argocd", entry.Record.Parameters["Namespace"]);
        Assert.Equal("""["a","b"]""", entry.Record.Parameters["Names"]);
        Assert.Equal(AuditOutcome.Failed, entry.Record.Outcome);
        Assert.Equal("line one\nline two", entry.Record.Message);
        Assert.Equal(Environment.UserName, entry.Record.User);
        Assert.Equal(Environment.ProcessId, entry.Record.ProcessId);
        Assert.Equal(1500, entry.Record.Duration.TotalMilliseconds);
        Assert.Single(File.ReadAllLines(LogPath));
    }

    [Fact]
    public void Secrets_are_masked_wherever_they_stand()
    {
        _masker.Add("planted-secret-77");
        using var secure = new SecureString();
        secure.AppendChar('x');
        var record = new AuditRecord
        {
            Cmdlet = "Register-ArgoRepository",
            Target = "https://user:planted-pw@example.com/repo",
            Message = "refused planted-secret-77 and cGxhbnRlZC1zZWNyZXQtNzc=",
            Parameters = new Dictionary<string, object?>
            {
                ["Password"] = "planted-parameter", ["Credential"] = secure, ["Url"] = "https://u:planted-pw@example.com",
                ["Settings"] = new Dictionary<string, object> { ["token"] = "planted-nested" }, ["Text"] = "planted-secret-77",
            },
        };

        new AuditLog(_masker, LogPath).Append(record);

        string text = File.ReadAllText(LogPath);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cGxhbnRlZC1zZWNyZXQtNzc", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_writers_make_one_whole_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(() =>
        {
            var log = new AuditLog(_masker, LogPath);
            for (int i = 0; i < 25; i++)
            {
                log.Append(new AuditRecord { Cmdlet = $"w{w}" });
            }
        })));

        var reader = new AuditLogReader(LogPath);
        Assert.Equal(200, reader.Read().Count());
        Assert.Empty(reader.Verify());
        Assert.Equal(25, reader.Read(new AuditFilter { Where = r => r.Cmdlet == "w3" }).Count());
    }

    [Fact]
    public void A_changed_line_is_noticed()
    {
        string[] lines = WriteThree();
        File.WriteAllLines(LogPath, [lines[0], lines[1].Replace("two", "owt", StringComparison.Ordinal), lines[2]]);

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());
        Assert.Equal(2, fault.Line);
        Assert.True(fault.IsTampering);
    }

    [Fact]
    public void A_missing_line_is_noticed()
    {
        string[] lines = WriteThree();
        File.WriteAllLines(LogPath, [lines[0], lines[2]]);

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());
        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public void Lines_cut_off_the_end_are_noticed_even_after_more_are_written()
    {
        string[] lines = WriteThree();
        File.WriteAllLines(LogPath, lines[..2]);
        Assert.Single(new AuditLogReader(LogPath).Verify());

        new AuditLog(_masker, LogPath).Append(new AuditRecord { Cmdlet = "four" });

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());
        Assert.Equal(3, fault.Line);
        Assert.True(fault.IsTampering);
    }

    [Fact]
    public void Half_a_line_of_a_killed_process_is_told_apart_from_tampering()
    {
        WriteThree();
        File.AppendAllText(LogPath, "{\"v\":1,\"seq\":4,\"time\":\"2026");

        new AuditLog(_masker, LogPath).Append(new AuditRecord { Cmdlet = "four" });

        AuditFault fault = Assert.Single(new AuditLogReader(LogPath).Verify());
        Assert.False(fault.IsTampering);
        Assert.Equal(4, new AuditLogReader(LogPath).Read().Count());
    }

    [Fact]
    public void A_log_that_is_not_there_is_empty_and_whole()
    {
        var reader = new AuditLogReader(LogPath);
        Assert.Empty(reader.Read());
        Assert.Empty(reader.Verify());
    }

    private string[] WriteThree()
    {
        var log = new AuditLog(_masker, LogPath);
        foreach (string name in new[] { "one", "two", "three" })
        {
            log.Append(new AuditRecord { Cmdlet = name });
        }
        return File.ReadAllLines(LogPath);
    }
}
