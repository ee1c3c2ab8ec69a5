using System.Globalization;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Auditing;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Writes the audit records of one bootstrap.</summary>
internal sealed class BootstrapAudit(AuditLog? log, BootstrapRequest request, ClusterConnectionOptions connection)
{
    public const string Cmdlet = "Invoke-GitOpsBootstrap";

    private readonly IReadOnlyDictionary<string, object?> _parameters = request.AuditParameters ?? new Dictionary<string, object?>
    {
        ["Environment"] = request.Environment,
        ["Cluster"] = request.Cluster,
        ["Context"] = connection.Context,
        ["KubeConfigPath"] = connection.KubeConfigPath,
        ["Method"] = request.Method?.ToString(),
        ["ManifestPath"] = request.Manifest?.ToString(),
        ["ChartPath"] = request.ChartPath.Length > 0 ? request.ChartPath : null,
        ["InstallFlux"] = request.Flux is not null,
        ["InstallFleet"] = request.Fleet is not null,
        ["Repositories"] = request.Repositories.Count > 0 ? string.Join(", ", request.Repositories) : null,
        ["Registration"] = request.Registration?.Name,
        ["Wait"] = request.Wait,
        ["Timeout"] = request.Timeout.ToString("c", CultureInfo.InvariantCulture),
        ["Force"] = request.Force,
        ["Adopt"] = request.Adopt,
        ["SkipArgoCD"] = request.SkipArgoCD,
        ["SkipValidation"] = request.SkipValidation,
    };

    /// <summary>Why a record could not be written; empty while all could.</summary>
    public string Failure { get; private set; } = "";

    public void Append(string target, AuditOutcome outcome, string message, TimeSpan duration, string context, string server)
    {
        try
        {
            log?.Append(new AuditRecord
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was done is told all the same; that it is not in the log is told beside it.
            Failure = e.Message;
        }
    }
}
