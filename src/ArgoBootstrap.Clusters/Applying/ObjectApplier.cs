using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Applies one object: reads it, adopts what an installer owned, applies it on the server's side and says what changed.</summary>
internal sealed class ObjectApplier(ClusterConnection connection)
{
    private const int MaxConflictRetries = 8;
    private const string TerminatingRemedy = "What is applied now would go away with it. Wait until it is gone, or have what holds it finish, then run this again.";

    /// <summary>Metadata is enough to know whether an apply changed something, and spares sending megabytes of CustomResourceDefinitions back.</summary>
    private const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    /// <summary>Applies it.</summary>
    /// <param name="item">The object.</param>
    /// <param name="resource">How the server serves its type.</param>
    /// <param name="ns">Its namespace; empty when its type has none.</param>
    /// <param name="options">How.</param>
    /// <param name="isNew">Whether it cannot be there yet, so that there is nothing to read before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ObjectApplyResult> ApplyAsync(ClusterObject item, ApiResource resource, string ns, ApplyOptions options, bool isNew, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        ObjectReference reference = item.Reference with { Namespace = ns };
        string path = resource.ObjectPath(reference.Name, ns);
        string accept = options.DryRun ? "application/json" : MetadataOnly;
        var read = new ApiRequest(HttpMethod.Get, path) { Target = reference.ToString() };
        ApiRequest apply = ApplyRequest(item, path, reference, options, accept);

        if (isNew && await connection.TrySendAsync(apply, cancellationToken).ConfigureAwait(false) is { IsSuccess: true } created)
        {
            // A second try finds what the first one made.
            bool isOurs = created.StatusCode == 201 || created.Attempts > 1;
            return Result(null, created.Json, isOurs ? ApplyAction.Created : ApplyAction.Configured, [], [], reference, started);
        }
        for (int attempt = 0; ; attempt++)
        {
            JsonObject? before = (await connection.FindAsync(read, cancellationToken).ConfigureAwait(false))?.Json;
            if (ApplyOrder.IsNamespace(reference.Type) && before.At("metadata", "deletionTimestamp") is not null)
            {
                // The server takes it, and then refuses everything that goes into it.
                OperationException ending = connection.Errors.Make(ClusterErrorIds.AdmissionDenied, $"{reference} is being deleted: {TerminationReport.OfNamespace(before!)}.", AdmissionRefusal.NamespaceRemedy);
                return Failed(ending, [], reference, started);
            }
            if (before.At("metadata", "deletionTimestamp") is not null)
            {
                // The server takes it, and the object goes away all the same.
                return Failed(connection.Errors.Make(ClusterErrorIds.BeingDeleted, $"{reference} is being deleted: it {Waits(before!)}.", TerminatingRemedy), [], reference, started);
            }
            if (before is not null && ChangeDetector.HasNothingToApply(item, before, options.FieldManager))
            {
                return Result(before, before, ApplyAction.Unchanged, [], [], reference, started);
            }
            IReadOnlyList<string> adopted = [];
            AdoptedRemovals? removals = null;
            if (before?["metadata"] is JsonObject metadata && ManagedFieldsAdoption.Adopt(metadata, options.FieldManager, options.AdoptFrom, out adopted) is { } fields)
            {
                removals = AdoptedRemovals.Find(before, item.Content, options.FieldManager, options.AdoptFrom);
                if (!options.DryRun && await RefusalAsync(item, path, reference, options, started, cancellationToken).ConfigureAwait(false) is { } refused)
                {
                    return refused;
                }
                if (!options.DryRun && !await AdoptAsync(path, reference, metadata, fields, options, cancellationToken).ConfigureAwait(false) && attempt < MaxConflictRetries)
                {
                    await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
                    continue;
                }
            }
            if (before is not null && adopted.Count == 0 && AppliedState.IsCurrent(item, before, options.FieldManager))
            {
                return Result(before, before, ApplyAction.Unchanged, [], [], reference, started);
            }
            ApiResponse answer = await connection.TrySendAsync(apply, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                return await DoneAsync(read, before, answer, adopted, removals, reference, options, started, cancellationToken).ConfigureAwait(false);
            }
            IReadOnlyList<FieldConflict> conflicts = answer.StatusCode == 409 ? ConflictReader.Read(answer.Status) : [];
            if (answer.StatusCode == 409 && conflicts.Count == 0 && attempt < MaxConflictRetries)
            {
                // Somebody changed it in between, or made it at the same moment: look again.
                await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
                continue;
            }
            // Adopting ends conflicts in a real run, and a dry run adopts nothing: what would come out is what force gives.
            IReadOnlyList<FieldConflict> standing = Standing(conflicts, options);
            if (!options.Force && conflicts.Count > 0 && standing.Count == 0)
            {
                ObjectApplyResult overruled = await ApplyAsync(item, resource, ns, options with { Force = true }, isNew: false, cancellationToken).ConfigureAwait(false);
                return adopted.Count > 0 && !options.DryRun ? overruled with { AdoptedFrom = adopted, RemovedFields = removals?.Fields ?? [] } : overruled;
            }
            return Failed(connection.Errors.FromResponse(apply, answer), standing.Count > 0 ? standing : conflicts, reference, started);
        }
    }

    private static string Waits(JsonObject live) =>
        TerminationReport.Finalizers(live) is { Count: > 0 } finalizers ? $"waits for its finalizers ({string.Join(", ", finalizers)})" : "is not gone yet";

    /// <summary>The conflicts that neither overruling nor, in a dry run, adopting ends.</summary>
    private static IReadOnlyList<FieldConflict> Standing(IReadOnlyList<FieldConflict> conflicts, ApplyOptions options) =>
        [.. conflicts.Where(c => !FieldManagers.Includes(options.Overrule, c.Manager) && !(options.DryRun && options.AdoptFrom.Contains(c.Manager, StringComparer.Ordinal)))];

    /// <summary>Why an object would be refused, asked before anything is adopted: otherwise a refusal would leave fields adopted that nobody applies.</summary>
    private async Task<ObjectApplyResult?> RefusalAsync(ClusterObject item, string path, ObjectReference reference, ApplyOptions options, long started, CancellationToken cancellationToken)
    {
        ApplyOptions question = options with { DryRun = true };
        ApiRequest request = ApplyRequest(item, path, reference, question, MetadataOnly);
        ApiResponse answer = await connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == 409 && Standing(ConflictReader.Read(answer.Status), question).Count == 0)
        {
            request = ApplyRequest(item, path, reference, question with { Force = true }, MetadataOnly);
            answer = await connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        return answer.IsSuccess ? null
            : Failed(connection.Errors.FromResponse(request, answer), answer.StatusCode == 409 ? Standing(ConflictReader.Read(answer.Status), question) : [], reference, started);
    }

    public ObjectApplyResult Failed(OperationException error, IReadOnlyList<FieldConflict> conflicts, ObjectReference reference, long started) => new()
    {
        Reference = reference,
        Action = ApplyAction.Failed,
        ErrorId = error.Id,
        Conflicts = conflicts,
        Message = conflicts.Count > 0
            ? connection.Masker.MaskText($"{reference} has fields that others own with another value: {string.Join("; ", conflicts)}.")
            : error.Message,
        Remedy = conflicts.Count > 0 ? "Take the fields out of the overlay, have their owner give them up, or take them over with -Force." : error.Remedy,
        Duration = Stopwatch.GetElapsedTime(started),
    };

    private static ApiRequest ApplyRequest(ClusterObject item, string path, ObjectReference reference, ApplyOptions options, string accept)
    {
        // Server-side apply refuses unknown fields of its own kinds in any case. For a definition of a megabyte, strict validation
        // only means that the server parses it once more, to find keys that are there twice; in what we send, none are.
        string validation = ApplyOrder.IsDefinition(item.Reference.Type) && options.FieldValidation == "Strict" ? "Ignore" : options.FieldValidation;
        var query = new StringBuilder($"{path}?fieldManager={options.FieldManager}&fieldValidation={validation}");
        if (options.Force)
        {
            query.Append("&force=true");
        }
        if (options.DryRun)
        {
            query.Append("&dryRun=All");
        }
        return new ApiRequest(HttpMethod.Patch, query.ToString())
        {
            Body = item.Json,
            ContentType = "application/apply-patch+yaml",
            Accept = accept,
            Target = reference.ToString(),
        };
    }

    private async Task<bool> AdoptAsync(string path, ObjectReference reference, JsonObject metadata, JsonArray fields, ApplyOptions options, CancellationToken cancellationToken)
    {
        var patch = new JsonArray
        {
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = fields },
            // The server refuses the patch when the object has changed since it was read.
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = (string?)metadata["resourceVersion"] },
        };
        var request = new ApiRequest(HttpMethod.Patch, $"{path}?fieldManager={options.FieldManager}")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(patch),
            ContentType = "application/json-patch+json",
            Accept = MetadataOnly,
            Target = reference.ToString(),
        };
        ApiResponse answer = await connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess || (answer.StatusCode is 409 or 404 ? false : throw connection.Errors.FromResponse(request, answer));
    }

    private async Task<ObjectApplyResult> DoneAsync(
        ApiRequest read, JsonObject? before, ApiResponse answer, IReadOnlyList<string> adopted, AdoptedRemovals? removals, ObjectReference reference, ApplyOptions options, long started, CancellationToken cancellationToken)
    {
        JsonObject after = answer.Json;
        if (options.DryRun && removals is not null)
        {
            // The server was not asked with the fields adopted: it left them where they are.
            after = (JsonObject)after.DeepClone();
            removals.TakeFrom(after);
        }
        IReadOnlyList<FieldChange> changes = options.DryRun ? ObjectDiff.Compare(before, after, connection.Masker) : [];
        if (before is null)
        {
            return Result(before, after, ApplyAction.Created, changes, adopted, reference, started);
        }
        bool changed = options.DryRun
            ? changes.Count > 0 || ChangeDetector.OwnsOtherFields(before, after, options.FieldManager)
            : ChangeDetector.HasChanged(before, after, options.FieldManager, answer.ServerTime) ?? !await HasSameContentNowAsync(read, before, cancellationToken).ConfigureAwait(false);
        return Result(before, after, changed ? ApplyAction.Configured : ApplyAction.Unchanged, changes, adopted, reference, started) with { RemovedFields = removals?.Fields ?? [] };
    }

    private async Task<bool> HasSameContentNowAsync(ApiRequest read, JsonObject before, CancellationToken cancellationToken) =>
        (await connection.FindAsync(read, cancellationToken).ConfigureAwait(false))?.Json is { } now && ChangeDetector.HasSameContent(before, now);

    private static ObjectApplyResult Result(
        JsonObject? before, JsonObject after, ApplyAction action, IReadOnlyList<FieldChange> changes, IReadOnlyList<string> adopted, ObjectReference reference, long started) => new()
    {
        Reference = reference,
        Action = action == ApplyAction.Unchanged && adopted.Count > 0 ? ApplyAction.Configured : action,
        Changes = changes,
        AdoptedFrom = adopted,
        ResourceVersion = (string?)after["metadata"]?["resourceVersion"] ?? "",
        Uid = (string?)(after["metadata"] ?? before?["metadata"])?["uid"] ?? "",
        Duration = Stopwatch.GetElapsedTime(started),
    };

    private static Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 60) << Math.Min(attempt, 6)), cancellationToken);
}
