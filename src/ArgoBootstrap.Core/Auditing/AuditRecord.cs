namespace ArgoBootstrap.Core.Auditing;

/// <summary>How a change ended.</summary>
public enum AuditOutcome : long
{
    /// <summary>As it was meant to.</summary>
    Succeeded,

    /// <summary>With an error.</summary>
    Failed,

    /// <summary>It was stopped by the user.</summary>
    Stopped,
}

/// <summary>One change that a cmdlet made or tried to make.</summary>
public sealed record AuditRecord
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Who ran it: the operating system's name of the user.</summary>
    public string User { get; init; } = Environment.UserDomainName.Length > 0 && OperatingSystem.IsWindows() ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName;

    /// <summary>The machine.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>Id of the process.</summary>
    public int ProcessId { get; init; } = Environment.ProcessId;

    /// <summary>Name of the process.</summary>
    public string Process { get; init; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath ?? "");

    /// <summary>The cmdlet.</summary>
    public required string Cmdlet { get; init; }

    /// <summary>Its parameters; what is secret is masked when the record is written.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>The kubeconfig context; empty for changes to files.</summary>
    public string Context { get; init; } = "";

    /// <summary>The API server's address; empty for changes to files.</summary>
    public string Server { get; init; } = "";

    /// <summary>What was changed: an object or a path.</summary>
    public string Target { get; init; } = "";

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>The error, or what else there is to say; masked when the record is written.</summary>
    public string Message { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the records of one bootstrap have in common.</summary>
    public string CorrelationId { get; init; } = "";
}
