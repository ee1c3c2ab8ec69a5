using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Clusters.Access;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Writes the audit records of one bootstrap.</summary>
internal sealed class BootstrapAudit(AuditLog? log, BootstrapRequest request, ClusterConnectionOptions connection)
{
    public const string Cmdlet = "Invoke-GitOpsBootstrap";

    private readonly Dictionary<string, object?> _parameters = new()
    {
        ["Environment"] = request.Environment,
        ["Cluster"] = request.Cluster,
        ["Context"] = connection.Context,
        ["KubeConfigPath"] = connection.KubeConfigPath,
        ["Force"] = request.Force,
        ["Adopt"] = request.Adopt,
        ["SkipArgoCD"] = request.SkipArgoCD,
        ["SkipValidation"] = request.SkipValidation,
    };

    public void Append(string target, AuditOutcome outcome, string message, TimeSpan duration, string context, string server) => log?.Append(new AuditRecord
    {
        Time = DateTimeOffset.UtcNow - duration,
        Cmdlet = Cmdlet,
        Parameters = _parameters,
        Context = context,
        Server = server,
        Target = target,
        Outcome = outcome,
        Message = message,
        Duration = duration,
        CorrelationId = request.CorrelationId,
    });
}
