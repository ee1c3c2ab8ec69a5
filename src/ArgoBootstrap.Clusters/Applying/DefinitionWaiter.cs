using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>
/// Waits until the server serves the kinds of CustomResourceDefinitions. It serves them once they are Established, so the
/// group's small resource list is asked instead of the definition, which may weigh megabytes.
/// </summary>
internal sealed class DefinitionWaiter(ClusterConnection connection)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    /// <summary>The types that a definition brings.</summary>
    public static IReadOnlyList<GroupVersionKind> TypesOf(ClusterObject definition)
    {
        JsonNode? spec = definition.Content["spec"];
        string group = (string?)spec?["group"] ?? "";
        string kind = (string?)spec?["names"]?["kind"] ?? "";
        return
        [
            .. (spec?["versions"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Where(v => v["served"] is not JsonValue served || !served.TryGetValue(out bool isServed) || isServed)
                .Select(v => new GroupVersionKind(group, (string?)v["name"] ?? "", kind)),
        ];
    }

    /// <exception cref="OperationException">A kind is refused, or not served in time.</exception>
    public async Task WaitAsync(ClusterObject definition, string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        timeout = connection.Deadline.Limit(timeout);
        DateTime start = DateTime.UtcNow;
        int delay = 25;
        bool looked = false;
        string target = definition.Reference.ToString();
        try
        {
            foreach (GroupVersionKind type in TypesOf(definition))
            {
                connection.Deadline.Waits(target, "its kinds are not served yet");
                await WaitAsync(type).ConfigureAwait(false);
            }
            connection.Deadline.WaitsNoMore(target);
        }
        catch (OperationException e) when (!e.EndsCall)
        {
            // The error says so already; the rest of the call does not wait for it.
            connection.Deadline.WaitsNoMore(target);
            throw;
        }

        async Task WaitAsync(GroupVersionKind type)
        {
            while (!await IsServedAsync(type, cancellationToken).ConfigureAwait(false))
            {
                TimeSpan waited = DateTime.UtcNow - start;
                if (waited > FirstLook && (!looked || waited > timeout))
                {
                    looked = true;
                    await ThrowIfRefusedAsync(definition, path, waited > timeout, cancellationToken).ConfigureAwait(false);
                }
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
                delay = Math.Min(delay * 2, 200);
            }
        }
    }

    private async Task<bool> IsServedAsync(GroupVersionKind type, CancellationToken cancellationToken)
    {
        ApiResponse? list = await connection.FindAsync(ApiRequest.Get($"/apis/{type.Group}/{type.Version}", $"the kinds of {type.ApiVersion}"), cancellationToken).ConfigureAwait(false);
        return (list?.Json["resources"] as JsonArray)?.OfType<JsonObject>().Any(r => (string?)r["kind"] == type.Kind) ?? false;
    }

    private async Task ThrowIfRefusedAsync(ClusterObject definition, string path, bool timedOut, CancellationToken cancellationToken)
    {
        string name = definition.Reference.Name;
        ApiResponse live = await connection.SendAsync(ApiRequest.Get(path, definition.Reference.ToString()), cancellationToken).ConfigureAwait(false);
        JsonObject? refused = (live.Json["status"]?["conditions"] as JsonArray)?
            .OfType<JsonObject>()
            .FirstOrDefault(c => (string?)c["type"] is "NamesAccepted" or "Established" && (string?)c["status"] == "False" && (string?)c["reason"] is not ("Installing" or "NotAccepted"));
        if (refused is not null)
        {
            throw connection.Errors.Make(
                ClusterErrorIds.WaitFailed,
                $"The server does not accept the names of CustomResourceDefinition {name}: {(string?)refused["message"]}",
                "Another definition uses the same names: remove one of them.");
        }
        if (live.Json.Condition("Established")?["message"].Text() is { Length: > 0 } state)
        {
            connection.Deadline.Waits(definition.Reference.ToString(), state);
        }
        if (timedOut)
        {
            throw TimedOut(name);
        }
    }

    /// <summary>The error for a definition whose kinds are not served in time.</summary>
    public OperationException TimedOut(string name) => connection.Errors.Make(
        ClusterErrorIds.WaitTimedOut,
        $"CustomResourceDefinition {name} is not Established in time.",
        "Look at its status with 'kubectl describe crd', then run this again: it goes on where it stopped.");
}
