using System.Diagnostics;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>Waits until objects are ready, or gone: reads them once, then watches.</summary>
public sealed class ClusterWaiter
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private readonly ClusterConnection _connection;
    private readonly ClusterDiscovery _discovery;

    /// <summary>Makes a waiter.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="discovery">The types that it serves.</param>
    public ClusterWaiter(ClusterConnection connection, ClusterDiscovery discovery)
    {
        _connection = connection;
        _discovery = discovery;
    }

    /// <summary>Waits until objects are ready (<see cref="ReadinessRules"/>). An object that is not there yet is waited for too.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told whenever the state of an object changes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One result per object. Time that is up is a result, not an exception.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached, refuses, or does not serve a kind.</exception>
    public Task<WaitResult> WaitUntilReadyAsync(IReadOnlyList<ObjectReference> objects, WaitOptions options, IProgress<WaitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WaitAsync(objects, options, live => live is null ? Readiness.InProgress("is not there") : ReadinessRules.Evaluate(live), progress, cancellationToken);

    /// <summary>Waits until objects are gone, and tells what keeps those that stay.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told whenever the state of an object changes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One result per object. Time that is up is a result, not an exception.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached, or refuses.</exception>
    public Task<WaitResult> WaitUntilGoneAsync(IReadOnlyList<ObjectReference> objects, WaitOptions options, IProgress<WaitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WaitAsync(objects, options, live => live is null ? Readiness.Ready("gone") : Readiness.InProgress(TerminationReport.Of(live)), progress, cancellationToken);

    /// <summary>Waits until a test of each object holds.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="options">How.</param>
    /// <param name="test">Says how far an object is; gets null when it is not there.</param>
    /// <param name="progress">Told whenever the state of an object changes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One result per object. Time that is up is a result, not an exception.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached, refuses, or does not serve a kind.</exception>
    public async Task<WaitResult> WaitAsync(
        IReadOnlyList<ObjectReference> objects, WaitOptions options, Func<JsonObject?, Readiness> test, IProgress<WaitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan limit = _connection.Deadline.Limit(options.Timeout);
        end.CancelAfter(limit);
        int done = 0;
        // One watch per object: what is waited for are a few workloads among the many objects of their kinds.
        Task<ObjectWaitResult>[] waits = [.. objects.Select(o => WaitForOneAsync(o, end.Token))];
        try
        {
            return new WaitResult(await Task.WhenAll(waits).ConfigureAwait(false), Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }

        async Task<ObjectWaitResult> WaitForOneAsync(ObjectReference reference, CancellationToken stop)
        {
            var last = Readiness.InProgress("was not read");
            IReadOnlyList<string> finalizers = [];
            bool wasSeen = false;
            try
            {
                ApiResource resource = await _discovery.GetAsync(reference.Type, stop).ConfigureAwait(false);
                string ns = !resource.IsNamespaced ? "" : reference.Namespace.Length > 0 ? reference.Namespace : options.DefaultNamespace.Length > 0 ? options.DefaultNamespace : _connection.DefaultNamespace;
                reference = reference with { Namespace = ns };
                await foreach (JsonObject? live in StatesAsync(resource, reference, stop).ConfigureAwait(false))
                {
                    Readiness now = test(live);
                    now = now with { Message = _connection.Masker.MaskText(now.Message) };
                    finalizers = live.At("metadata", "deletionTimestamp") is null ? [] : TerminationReport.Finalizers(live!);
                    bool isFinal = now.State != ReadinessState.InProgress;
                    if (isFinal || now != last)
                    {
                        progress?.Report(new WaitProgress(reference, now, isFinal ? Interlocked.Increment(ref done) : Volatile.Read(ref done), objects.Count));
                    }
                    last = now;
                    wasSeen = true;
                    _connection.Deadline.Waits(reference.ToString(), now.Message);
                    if (isFinal)
                    {
                        return Result(now.State == ReadinessState.Ready ? WaitOutcome.Done : WaitOutcome.Failed);
                    }
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Time is up, or another wait has failed and its exception counts.
            }
            catch (Exception e) when (_connection.Deadline.IsSaidBy(e))
            {
                // The call's time is up, and somebody else noticed it first: what was seen last counts.
            }
            return Result(WaitOutcome.TimedOut);

            ObjectWaitResult Result(WaitOutcome outcome)
            {
                if (outcome != WaitOutcome.TimedOut || limit == options.Timeout)
                {
                    _connection.Deadline.WaitsNoMore(reference.ToString());
                }
                return new(reference, outcome, last.Message, Stopwatch.GetElapsedTime(started)) { Finalizers = outcome == WaitOutcome.Done ? [] : finalizers, WasSeen = wasSeen };
            }
        }
    }

    /// <summary>The states of one object, null while it is not there. Who may read but not watch is served by reading again and again.</summary>
    private async IAsyncEnumerable<JsonObject?> StatesAsync(ApiResource resource, ObjectReference reference, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ApiRequest read = ApiRequest.Get(resource.ObjectPath(reference.Name, reference.Namespace), reference.ToString());
        ApiResponse? first = await _connection.FindAsync(read, cancellationToken).ConfigureAwait(false);
        yield return first?.Json;
        bool canWatch = resource.Supports("watch") && await MayAsync("watch", resource, reference, cancellationToken).ConfigureAwait(false) && await MayAsync("list", resource, reference, cancellationToken).ConfigureAwait(false);
        if (!canWatch)
        {
            while (true)
            {
                await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
                yield return (await _connection.FindAsync(read, cancellationToken).ConfigureAwait(false))?.Json;
            }
        }
        await foreach (WatchUpdate update in new ListWatch(_connection, resource, reference.Namespace, reference.Name).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return update.Kind == WatchUpdateKind.Deleted ? null : update.Items.FirstOrDefault(i => i.At("metadata", "name").Text() == reference.Name);
        }
    }

    private async Task<bool> MayAsync(string verb, ApiResource resource, ObjectReference reference, CancellationToken cancellationToken)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject
                {
                    ["verb"] = verb, ["group"] = resource.Type.Group, ["resource"] = resource.Plural, ["namespace"] = reference.Namespace, ["name"] = reference.Name,
                },
            },
        };
        ApiResponse answer = await _connection.TrySendAsync(
            new ApiRequest(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") { Body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(review) },
            cancellationToken).ConfigureAwait(false);
        // A server that does not answer such questions is asked by trying.
        return !answer.IsSuccess || answer.Json.At("status", "allowed").Flag();
    }
}
