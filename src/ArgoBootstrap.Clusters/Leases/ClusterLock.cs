using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Leases;

/// <summary>
/// Keeps two bootstraps of one cluster apart: a Lease (coordination.k8s.io/v1) in <c>kube-system</c>, renewed while it is held
/// and deleted afterwards. One whose holder has died is taken over once it was not renewed for its duration, measured by the
/// own clock, so that clocks which differ do no harm.
/// </summary>
public sealed class ClusterLock : IAsyncDisposable
{
    /// <summary>Name of the Lease.</summary>
    public const string LeaseName = "argobootstrap";

    /// <summary>Namespace of the Lease: one that every cluster has before anything is installed.</summary>
    public const string LeaseNamespace = "kube-system";

    private const string Collection = $"/apis/coordination.k8s.io/v1/namespaces/{LeaseNamespace}/leases";
    // Renewals come every few seconds; whoever is silent for so long will not come back.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);
    private readonly ClusterConnection _connection;
    private readonly TimeSpan _duration;
    private readonly string _identity = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private Task _renewal = Task.CompletedTask;

    private ClusterLock(ClusterConnection connection, TimeSpan duration)
    {
        _connection = connection;
        _duration = duration;
    }

    /// <summary>Cancelled when the lock could not be renewed in time, so that somebody else may hold it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lock; waits while another holds it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="duration">How long it outlives a holder that has died; 15 seconds are enough for any network.</param>
    /// <param name="timeout">How long to wait for another holder.</param>
    /// <param name="progress">Told who holds it.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.BootstrapLocked"/>: another holds it for longer than that.</exception>
    public static async Task<ClusterLock> AcquireAsync(TargetCluster cluster, TimeSpan duration, TimeSpan timeout, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var held = new ClusterLock(cluster.Connection, duration);
        // Less than what is left, so that who holds the lock can be told.
        timeout = cluster.Connection.Deadline is { IsSet: true } deadline && deadline.Remaining - timeout < Margin ? Max(deadline.Remaining - Margin, TimeSpan.Zero) : timeout;
        long started = Stopwatch.GetTimestamp();
        string seen = "";
        long seenAt = 0;
        JsonObject? other = null;
        TimeSpan pause = TimeSpan.FromMilliseconds(Math.Clamp(duration.TotalMilliseconds / 10, 50, 1000));
        while (true)
        {
            JsonObject? live;
            try
            {
                live = await held.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (other is not null && cluster.Connection.Deadline.IsSaidBy(e))
            {
                // Who holds the lock says more than that the server did not answer in the end.
                throw Locked(cluster, other);
            }
            string holder = live.At("spec", "holderIdentity").Text();
            other = null;
            if (live is null || holder.Length == 0 || holder == held._identity)
            {
                if (await held.TryTakeAsync(live, cancellationToken).ConfigureAwait(false))
                {
                    break;
                }
                continue;
            }
            other = live;
            string version = live.At("metadata", "resourceVersion").Text();
            if (version != seen)
            {
                (seen, seenAt) = (version, Stopwatch.GetTimestamp());
                progress?.Report(new OperationProgress("Waiting for another bootstrap of this cluster", $"{holder}, which renewed its lock at {live.At("spec", "renewTime").Text()}"));
            }
            var lifetime = TimeSpan.FromSeconds(Math.Max(1, live.At("spec", "leaseDurationSeconds").Number(15)));
            if (Stopwatch.GetElapsedTime(seenAt) > lifetime && await held.TryTakeAsync(live, cancellationToken).ConfigureAwait(false))
            {
                break;
            }
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Locked(cluster, live);
            }
            // Not beyond the end: whoever looks then has no time left to say who holds the lock.
            await Task.Delay(left < pause ? left : pause, cancellationToken).ConfigureAwait(false);
        }
        held._renewal = held.RenewAsync();
        return held;
    }

    /// <summary>Gives the lock up. A server that cannot be reached any more lets it run out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(_connection.Deadline.IsOver ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(10));
        try
        {
            JsonObject? live = await ReadAsync(patience.Token, isCleanUp: true).ConfigureAwait(false);
            if (live.At("spec", "holderIdentity").Text() == _identity)
            {
                var preconditions = new JsonObject { ["uid"] = live.At("metadata", "uid").Text(), ["resourceVersion"] = live.At("metadata", "resourceVersion").Text() };
                var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["preconditions"] = preconditions };
                await _connection.TrySendAsync(new ApiRequest(HttpMethod.Delete, $"{Collection}/{LeaseName}") { Body = Bytes(body), IsCleanUp = true }, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationException or OperationCanceledException)
        {
            // It runs out by itself.
        }
        _end.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        long renewed = Stopwatch.GetTimestamp();
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(_duration / 3, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_end.IsCancellationRequested)
            {
                return;
            }
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            patience.CancelAfter(_duration / 2);
            bool isOther = false;
            // What another reads may have been written long before its answer reaches us.
            long asked = Stopwatch.GetTimestamp();
            try
            {
                JsonObject? live = await ReadAsync(patience.Token).ConfigureAwait(false);
                isOther = live is not null && live.At("spec", "holderIdentity").Text() != _identity;
                if (!isOther && await TryTakeAsync(live, patience.Token).ConfigureAwait(false))
                {
                    renewed = asked;
                }
            }
            catch (Exception e) when (e is OperationException or OperationCanceledException)
            {
                // Tried again until the time is up.
            }
            if (isOther || Stopwatch.GetElapsedTime(renewed) > _duration)
            {
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task<JsonObject?> ReadAsync(CancellationToken cancellationToken, bool isCleanUp = false) =>
        (await _connection.FindAsync(ApiRequest.Get($"{Collection}/{LeaseName}", $"Lease {LeaseName}") with { IsCleanUp = isCleanUp }, cancellationToken).ConfigureAwait(false))?.Json;

    /// <summary>Says who holds the lock and whether that still lives, as far as the lock tells.</summary>
    private static OperationException Locked(TargetCluster cluster, JsonObject live)
    {
        string holder = live.At("spec", "holderIdentity").Text();
        double lifetime = live.At("spec", "leaseDurationSeconds").Number(15);
        bool isSilent = DateTimeOffset.TryParse(live.At("spec", "renewTime").Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset renewed)
            && DateTimeOffset.UtcNow - renewed > Silence;
        string since = live.At("spec", "acquireTime").Text();
        return new OperationException(
            ClusterErrorIds.BootstrapLocked,
            isSilent
                ? $"{holder} holds the lock on {cluster.Connection.Server} since {since}, and has not renewed it since {live.At("spec", "renewTime").Text()}: most likely it has died. Its lock lasts {lifetime:0} seconds from then."
                : $"{holder} sets up {cluster.Connection.Server} just now, since {since}.",
            isSilent
                ? $"When that process has ended, remove its lock with 'kubectl -n {LeaseNamespace} delete lease {LeaseName}' and run this again; otherwise wait until it is done."
                : "Wait until it is done and run this again; it will find everything in place.")
        {
            Context = cluster.Connection.Context, Server = cluster.Connection.Server,
        };
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    /// <summary>Writes ourselves as the holder; the server refuses when somebody was faster.</summary>
    private async Task<bool> TryTakeAsync(JsonObject? live, CancellationToken cancellationToken)
    {
        string now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        bool isOurs = live.At("spec", "holderIdentity").Text() == _identity;
        var metadata = new JsonObject { ["name"] = LeaseName, ["namespace"] = LeaseNamespace };
        if (live is not null)
        {
            metadata["resourceVersion"] = live.At("metadata", "resourceVersion").Text();
        }
        var lease = new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = _identity,
                ["leaseDurationSeconds"] = Math.Max(1, (int)Math.Ceiling(_duration.TotalSeconds)),
                ["acquireTime"] = isOurs ? live.At("spec", "acquireTime").Text() : now,
                ["renewTime"] = now,
            },
        };
        ApiRequest request = live is null
            ? new ApiRequest(HttpMethod.Post, Collection) { Body = Bytes(lease), Target = $"Lease {LeaseName}" }
            : new ApiRequest(HttpMethod.Put, $"{Collection}/{LeaseName}") { Body = Bytes(lease), Target = $"Lease {LeaseName}" };
        ApiResponse answer = await _connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            return true;
        }
        // 409: somebody was faster, or our own first try got through and its answer was lost: the next look tells. 404: it was given up.
        return answer.StatusCode is 409 or 404 ? false : throw _connection.Errors.FromResponse(request, answer);
    }

    private static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body);
}
