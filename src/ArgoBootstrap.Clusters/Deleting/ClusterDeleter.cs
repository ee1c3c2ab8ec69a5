using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Deleting;

/// <summary>Deletes objects in the reverse of <see cref="ApplyOrder"/>, one phase after the other. Finalizers are left to whoever set them; those that remain are reported.</summary>
public sealed class ClusterDeleter
{
    private readonly ClusterConnection _connection;
    private readonly ClusterDiscovery _discovery;

    /// <summary>Makes a deleter.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="discovery">The types that it serves.</param>
    public ClusterDeleter(ClusterConnection connection, ClusterDiscovery discovery)
    {
        _connection = connection;
        _discovery = discovery;
    }

    /// <summary>Deletes objects. One that fails does not stop the others.</summary>
    /// <param name="targets">The objects, in any order.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object when it is gone, stays or fails.</param>
    /// <param name="cancellationToken">Stops it between two requests.</param>
    /// <returns>One result per object, in the given order.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached or does not accept the credentials.</exception>
    public async Task<IReadOnlyList<ObjectDeleteResult>> DeleteAsync(
        IReadOnlyList<DeleteTarget> targets, DeleteOptions options, IProgress<ObjectDeleteResult>? progress = null, CancellationToken cancellationToken = default)
    {
        var results = new ConcurrentDictionary<int, ObjectDeleteResult>();
        DateTime end = DateTime.UtcNow + _connection.Deadline.Limit(options.Timeout);
        // Namespaces go after everything else of their phase: what is in them has been deleted by then.
        foreach (IGrouping<(int, bool), int> phase in Enumerable.Range(0, targets.Count)
            .GroupBy(i => (ApplyOrder.PhaseOf(targets[i].Reference.Type), ApplyOrder.IsNamespace(targets[i].Reference.Type)))
            .OrderByDescending(g => g.Key.Item1).ThenBy(g => g.Key.Item2))
        {
            await Parallel.ForEachAsync(
                phase,
                // Once the call's time is up, each object that is left says so in its own result.
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism), CancellationToken = _connection.Deadline.IsOver ? default : cancellationToken },
                async (i, token) => results[i] = await DeleteOneAsync(targets[i], options, token).ConfigureAwait(false)).ConfigureAwait(false);
            await WaitAsync([.. phase.Where(i => results[i].Action == DeleteAction.Terminating)], results, end, options, cancellationToken).ConfigureAwait(false);
            foreach (int i in phase)
            {
                progress?.Report(results[i]);
            }
        }
        return [.. Enumerable.Range(0, targets.Count).Select(i => results[i])];
    }

    private async Task<ObjectDeleteResult> DeleteOneAsync(DeleteTarget target, DeleteOptions options, CancellationToken cancellationToken)
    {
        ObjectReference reference = target.Reference;
        try
        {
            if (await _discovery.FindAsync(reference.Type, cancellationToken).ConfigureAwait(false) is not { } resource)
            {
                return new ObjectDeleteResult(reference, DeleteAction.NotFound, "The server does not serve its kind.");
            }
            string ns = !resource.IsNamespaced ? "" : reference.Namespace.Length > 0 ? reference.Namespace : options.DefaultNamespace.Length > 0 ? options.DefaultNamespace : _connection.DefaultNamespace;
            reference = reference with { Namespace = ns };
            var request = new ApiRequest(HttpMethod.Delete, resource.ObjectPath(reference.Name, ns)) { Body = Body(target, options), Target = reference.ToString() };
            ApiResponse answer = await _connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == 404 || (answer.StatusCode == 409 && target.Uid.Length > 0))
            {
                // A retry after a lost answer finds it gone as well; another uid means another object.
                return new ObjectDeleteResult(reference, answer.Attempts > 1 && answer.StatusCode == 404 ? DeleteAction.Deleted : DeleteAction.NotFound, "");
            }
            if (!answer.IsSuccess)
            {
                return Failed(reference, _connection.Errors.FromResponse(request, answer));
            }
            if (!options.DryRun)
            {
                _connection.Changes.Add();
            }
            return options.DryRun ? new ObjectDeleteResult(reference, DeleteAction.Deleted, "") : Terminating(reference, answer);
        }
        catch (OperationException e) when (e.Id is not (ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.AuthenticationFailed or ClusterErrorIds.TlsFailed))
        {
            return Failed(reference, e);
        }
    }

    private async Task WaitAsync(IReadOnlyList<int> places, ConcurrentDictionary<int, ObjectDeleteResult> results, DateTime end, DeleteOptions options, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
        {
            return;
        }
        TimeSpan left = end - DateTime.UtcNow;
        // Even with no time to wait, one look tells what is gone already and what keeps the rest.
        var wait = new WaitOptions { Timeout = options.Timeout > TimeSpan.Zero && left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1) };
        WaitResult gone = await new ClusterWaiter(_connection, _discovery).WaitUntilGoneAsync([.. places.Select(i => results[i].Reference)], wait, null, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < places.Count; i++)
        {
            ObjectWaitResult result = gone.Objects[i];
            ObjectDeleteResult accepted = results[places[i]];
            string holders = result.Outcome != WaitOutcome.Done && ApplyOrder.IsDefinition(result.Reference.Type) ? await DefinitionHolders.DescribeAsync(_connection, result.Reference.Name, cancellationToken).ConfigureAwait(false) : "";
            results[places[i]] = result.Outcome == WaitOutcome.Done
                ? new ObjectDeleteResult(result.Reference, DeleteAction.Deleted, "")
                : new ObjectDeleteResult(result.Reference, DeleteAction.Terminating, $"{result.Reference} {(result.WasSeen ? result.Message : accepted.Message)}{(holders.Length > 0 ? $"; held by {holders}" : "")}.")
                {
                    Finalizers = result.WasSeen ? result.Finalizers : accepted.Finalizers,
                    Remedy = "Have the controllers that own its finalizers run and finish; removing finalizers by hand leaves behind what they would have cleaned up.",
                };
        }
    }

    /// <summary>The result for an object that the server has accepted to delete: it answers with the object while something holds that.</summary>
    private ObjectDeleteResult Terminating(ObjectReference reference, ApiResponse answer)
    {
        JsonObject? live = !answer.Body.IsEmpty && answer.Json is { } body && body["kind"].Text() == reference.Type.Kind ? body : null;
        return new ObjectDeleteResult(reference, DeleteAction.Terminating, live is null ? "is being deleted" : _connection.Masker.MaskText(TerminationReport.Of(live)))
        {
            Finalizers = live is null ? [] : TerminationReport.Finalizers(live),
        };
    }

    private static byte[] Body(DeleteTarget target, DeleteOptions options)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = options.Propagation };
        if (target.Uid.Length > 0)
        {
            body["preconditions"] = new JsonObject { ["uid"] = target.Uid };
        }
        if (options.DryRun)
        {
            body["dryRun"] = new JsonArray("All");
        }
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static ObjectDeleteResult Failed(ObjectReference reference, OperationException e) =>
        new(reference, DeleteAction.Failed, e.Message) { ErrorId = e.Id, Remedy = e.Remedy };
}
