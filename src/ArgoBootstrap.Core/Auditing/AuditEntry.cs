using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>A line of the audit log.</summary>
public sealed record AuditEntry
{
    /// <summary>The line's number in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The record's number in the chain, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The record, with its parameters as JSON text in place of values.</summary>
    public required AuditRecord Record { get; init; }

    /// <inheritdoc cref="AuditRecord.Time"/>
    public DateTimeOffset Time => Record.Time;

    /// <inheritdoc cref="AuditRecord.User"/>
    public string User => Record.User;

    /// <inheritdoc cref="AuditRecord.Host"/>
    public string Host => Record.Host;

    /// <inheritdoc cref="AuditRecord.Cmdlet"/>
    public string Cmdlet => Record.Cmdlet;

    /// <summary>Its parameters, as JSON text in place of values.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => Record.Parameters;

    /// <inheritdoc cref="AuditRecord.Context"/>
    public string Context => Record.Context;

    /// <inheritdoc cref="AuditRecord.Server"/>
    public string Server => Record.Server;

    /// <inheritdoc cref="AuditRecord.Target"/>
    public string Target => Record.Target;

    /// <inheritdoc cref="AuditRecord.Outcome"/>
    public AuditOutcome Outcome => Record.Outcome;

    /// <inheritdoc cref="AuditRecord.Message"/>
    public string Message => Record.Message;

    /// <inheritdoc cref="AuditRecord.Duration"/>
    public TimeSpan Duration => Record.Duration;

    /// <inheritdoc cref="AuditRecord.CorrelationId"/>
    public string CorrelationId => Record.CorrelationId;

    /// <summary>SHA-256 of this line, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What the line says the hash of the one before it is.</summary>
    internal string PreviousHash { get; init; } = "";

    internal static AuditEntry Read(JsonObject line, int number)
    {
        string Text(string key) => line[key] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        long Number(string key) => line[key] is JsonValue value && value.TryGetValue(out long n) ? n : 0;
        return new AuditEntry
        {
            Line = number,
            Sequence = Number("seq"),
            Hash = Text("hash"),
            PreviousHash = Text("previousHash"),
            Record = new AuditRecord
            {
                Time = DateTimeOffset.TryParse(Text("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : default,
                User = Text("user"),
                Host = Text("host"),
                ProcessId = (int)Number("pid"),
                Process = Text("process"),
                Cmdlet = Text("cmdlet"),
                Parameters = (line["parameters"] as JsonObject ?? []).ToDictionary(p => p.Key, p => Plain(p.Value)),
                Context = Text("context"),
                Server = Text("server"),
                Target = Text("target"),
                Outcome = Enum.TryParse(Text("outcome"), out AuditOutcome outcome) ? outcome : AuditOutcome.Failed,
                Message = Text("message"),
                Duration = TimeSpan.FromMilliseconds(Number("durationMs")),
                CorrelationId = Text("correlationId"),
            },
        };
    }

    private static object? Plain(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when node.AsValue().TryGetValue(out long number) => number,
        _ => node.ToJsonString(),
    };
}
