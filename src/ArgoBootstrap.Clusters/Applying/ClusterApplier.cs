using System.Diagnostics;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Applies objects on the server's side, in phases (<see cref="ApplyOrder"/>), as one field manager (<see cref="FieldManagers"/>). Safe to run again at any point.</summary>
public sealed class ClusterApplier
{
    private readonly ClusterConnection _connection;
    private readonly ClusterDiscovery _discovery;
    private readonly DefinedKinds _definedKinds;
    private readonly ObjectApplier _applier;

    /// <summary>Makes an applier.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="discovery">The types that it serves.</param>
    public ClusterApplier(ClusterConnection connection, ClusterDiscovery discovery)
    {
        _connection = connection;
        _discovery = discovery;
        _definedKinds = new DefinedKinds(connection, discovery);
        _applier = new ObjectApplier(connection);
    }

    /// <summary>Applies objects. One that fails does not stop the others, except those that need it.</summary>
    /// <param name="objects">The objects, in any order.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object as it is done.</param>
    /// <param name="cancellationToken">Stops it between two requests; what has been applied stays, and a second run completes it.</param>
    /// <returns>One result per object, in the given order.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached or does not accept the credentials.</exception>
    public async Task<ApplyResult> ApplyAsync(
        IReadOnlyList<ClusterObject> objects, ApplyOptions options, IProgress<ApplyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        var run = new ApplyRun(objects, options, progress);
        foreach (ClusterObject item in objects)
        {
            SecretValues.Register(item, _connection.Masker);
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task definitions = StopOthersOnFailure(ApplyDefinitionsAsync(run, stop.Token), stop);
        Task others = StopOthersOnFailure(ApplyPhasesAsync(run, definitions, stop.Token), stop);
        await BothAsync(definitions, others).ConfigureAwait(false);
        return new ApplyResult([.. run.Results.Select(r => r!)], options.DryRun, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// Applies the definitions and, when somebody wants them, waits until their kinds are served. A large one keeps a server
    /// busy for seconds, in which everything that does not need it goes on.
    /// </summary>
    private async Task ApplyDefinitionsAsync(ApplyRun run, CancellationToken cancellationToken)
    {
        List<int> places = run.PlacesOf(r => ApplyOrder.IsDefinition(r.Type));
        bool awaits = !run.Options.DryRun && (run.Options.AwaitDefinitions || run.UsesDefinedTypes);
        await ForEachAsync(
            places,
            run.Options,
            async i =>
            {
                await ApplyOneAsync(run, i, cancellationToken).ConfigureAwait(false);
                if (awaits && run.Results[i]!.Action != ApplyAction.Failed)
                {
                    await AwaitDefinitionAsync(run, i, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (awaits)
        {
            await AwaitDiscoveryAsync(run, places, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until discovery lists the kinds: a server lists them in more than one place, and not in all of them at the same moment.</summary>
    private async Task AwaitDiscoveryAsync(ApplyRun run, List<int> places, CancellationToken cancellationToken)
    {
        ILookup<GroupVersionKind, int> placeOf = places
            .Where(i => run.Results[i]!.Action != ApplyAction.Failed)
            .SelectMany(i => DefinitionWaiter.TypesOf(run.Objects[i]).Select(type => (type, i)))
            .ToLookup(p => p.type, p => p.i);
        GroupVersionKind[] wanted = [.. placeOf.Select(p => p.Key)];
        foreach (GroupVersionKind missing in await _discovery.WaitAsync(wanted, r => r.Type, run.Options.DefinitionTimeout, cancellationToken).ConfigureAwait(false))
        {
            foreach (int place in placeOf[missing])
            {
                run.Fail(place, new DefinitionWaiter(_connection).TimedOut(run.Objects[place].Reference.Name));
            }
        }
    }

    private async Task ApplyPhasesAsync(ApplyRun run, Task definitions, CancellationToken cancellationToken)
    {
        await ForEachAsync(run.PlacesOf(r => ApplyOrder.IsNamespace(r.Type)), run.Options, i => ApplyOneAsync(run, i, cancellationToken), cancellationToken).ConfigureAwait(false);
        for (int phase = ApplyOrder.Foundation + 1; phase < ApplyOrder.PhaseCount; phase++)
        {
            List<int> places = run.PlacesOf(r => ApplyOrder.PhaseOf(r.Type) == phase);
            if (places.Any(i => run.DefinedTypes.Contains(run.Objects[i].Reference.Type)))
            {
                await definitions.ConfigureAwait(false);
            }
            await ForEachAsync(places, run.Options, i => ApplyOneAsync(run, i, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task StopOthersOnFailure(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for both, and throws what went wrong rather than that the other one was stopped for it.</summary>
    private static async Task BothAsync(Task first, Task second)
    {
        Task both = Task.WhenAll(first, second);
        await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (second.IsFaulted ? second : first).ConfigureAwait(false);
        await both.ConfigureAwait(false);
    }

    private static Task ForEachAsync(IReadOnlyList<int> places, ApplyOptions options, Func<int, Task> body, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            places,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism), CancellationToken = cancellationToken },
            async (place, _) => await body(place).ConfigureAwait(false));

    private async Task ApplyOneAsync(ApplyRun run, int place, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        ClusterObject item = run.Objects[place].WithLabels(run.Options.Labels);
        ObjectReference reference = item.Reference;
        ObjectApplyResult result;
        try
        {
            if (run.BlockedBy(reference) is { } blocker)
            {
                result = Skipped(reference, blocker);
            }
            else if (run.Options.DryRun && await IsNotYetCheckableAsync(run, reference, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                result = new ObjectApplyResult { Reference = reference, Action = ApplyAction.Created, Message = reason };
            }
            else
            {
                ApiResource resource = await ResourceOfAsync(reference.Type, cancellationToken).ConfigureAwait(false);
                string ns = NamespaceOf(resource, reference, run.Options);
                // What names no namespace goes into the default one, and only now it is known that it goes into one at all.
                result = run.BlockedBy(reference with { Namespace = ns }) is { } ending
                    ? Skipped(reference with { Namespace = ns }, ending)
                    : await _applier.ApplyAsync(item, resource, ns, run.Options, isNew: run.IsNewNamespace(ns), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationException e) when (!IsFatal(e))
        {
            result = _applier.Failed(e, [], reference, started);
        }
        if (!run.Options.DryRun && result.Action is (ApplyAction.Created or ApplyAction.Configured))
        {
            _connection.Changes.Add();
        }
        run.Report(place, result);
    }

    /// <summary>How the server serves a type; waits for it when somebody has defined it just now.</summary>
    private async Task<ApiResource> ResourceOfAsync(GroupVersionKind type, CancellationToken cancellationToken)
    {
        if (await _discovery.FindAsync(type, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }
        await _definedKinds.WaitIfDefinedAsync(type.Group, type.Kind, cancellationToken).ConfigureAwait(false);
        return await _discovery.GetAsync(type, cancellationToken).ConfigureAwait(false);
    }

    private async Task AwaitDefinitionAsync(ApplyRun run, int place, CancellationToken cancellationToken)
    {
        ClusterObject definition = run.Objects[place];
        bool known = true;
        foreach (GroupVersionKind type in DefinitionWaiter.TypesOf(definition))
        {
            // Asking for a new one would only make discovery read everything again.
            known = known && run.Results[place]!.Action == ApplyAction.Unchanged && await _discovery.FindAsync(type, cancellationToken).ConfigureAwait(false) is not null;
        }
        if (known)
        {
            return;
        }
        try
        {
            ApiResource resource = await _discovery.GetAsync(definition.Reference.Type, cancellationToken).ConfigureAwait(false);
            await new DefinitionWaiter(_connection).WaitAsync(definition, resource.ObjectPath(definition.Reference.Name, ""), run.Options.DefinitionTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e) when (!IsFatal(e))
        {
            run.Fail(place, e);
        }
    }

    private async Task<string?> IsNotYetCheckableAsync(ApplyRun run, ObjectReference reference, CancellationToken cancellationToken)
    {
        ApiResource? resource = await _discovery.FindAsync(reference.Type, cancellationToken).ConfigureAwait(false);
        if (run.DefinedTypes.Contains(reference.Type) && resource is null)
        {
            return $"Not checked by the server: it does not know {reference.Type.Kind} before its CustomResourceDefinition is applied.";
        }
        string ns = resource is null ? reference.Namespace : NamespaceOf(resource, reference, run.Options);
        return ns.Length > 0 && run.CreatedNamespaces.Contains(ns)
            ? $"Not checked by the server: the namespace {ns} is not there before it is applied."
            : null;
    }

    private string NamespaceOf(ApiResource resource, ObjectReference reference, ApplyOptions options)
    {
        if (!resource.IsNamespaced)
        {
            return "";
        }
        return reference.Namespace.Length > 0 ? reference.Namespace : options.DefaultNamespace.Length > 0 ? options.DefaultNamespace : _connection.DefaultNamespace;
    }

    private static ObjectApplyResult Skipped(ObjectReference reference, ObjectReference blocker) => new()
    {
        Reference = reference,
        Action = ApplyAction.Skipped,
        ErrorId = ClusterErrorIds.DependencyFailed,
        Message = $"{reference} was not applied because {blocker} failed.",
        Remedy = "Correct that first, then run this again.",
    };

    /// <summary>Whether every other request would fail in the same way.</summary>
    private static bool IsFatal(OperationException e) => e.EndsCall || e.Id is ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.TlsFailed
        or ClusterErrorIds.AuthenticationFailed or ClusterErrorIds.CredentialPluginFailed;
}
