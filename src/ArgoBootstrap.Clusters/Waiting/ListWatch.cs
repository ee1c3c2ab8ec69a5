using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>Something that a watch tells.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Items">All objects for a snapshot, otherwise the one that it happened to.</param>
internal sealed record WatchUpdate(WatchUpdateKind Kind, IReadOnlyList<JsonObject> Items);

internal enum WatchUpdateKind
{
    /// <summary>All that is there: at the start, and whenever the watch had to begin again.</summary>
    Snapshot,

    /// <summary>An object is new or has changed.</summary>
    Changed,

    /// <summary>An object is gone.</summary>
    Deleted,
}

/// <summary>
/// Reads what is there, then watches from that very version: nothing is missed in between. A watch that ends is resumed where
/// it was; when the server has forgotten that version (410), everything is read again.
/// </summary>
internal sealed class ListWatch(ClusterConnection connection, ApiResource resource, string ns, string name)
{
    private const int WatchSeconds = 240;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(WatchSeconds + 30);
    private readonly string _target = name.Length > 0 ? $"{resource.Type.Kind} {name}" : resource.Plural;
    private readonly string _path = resource.CollectionPath(ns);
    private readonly string _selector = name.Length > 0 ? $"fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}&" : "";

    public async IAsyncEnumerable<WatchUpdate> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            ApiResponse list = await connection.SendAsync(ApiRequest.Get($"{_path}?{_selector}".TrimEnd('?', '&'), _target), cancellationToken).ConfigureAwait(false);
            string version = list.Json.At("metadata", "resourceVersion").Text();
            yield return new WatchUpdate(WatchUpdateKind.Snapshot, [.. (list.Json["items"] as JsonArray ?? []).OfType<JsonObject>().Select(WithType)]);
            for (bool known = true; known;)
            {
                bool heard = false;
                await foreach ((string kind, JsonObject item) in WatchOnceAsync(version, cancellationToken).ConfigureAwait(false))
                {
                    if (kind == "ERROR")
                    {
                        known = item["code"].Number() != 410;
                        break;
                    }
                    heard = true;
                    version = item.At("metadata", "resourceVersion").Text();
                    if (kind != "BOOKMARK")
                    {
                        yield return new WatchUpdate(kind == "DELETED" ? WatchUpdateKind.Deleted : WatchUpdateKind.Changed, [item]);
                    }
                }
                failures = heard ? 0 : failures + 1;
                if (!heard)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 100 << Math.Min(failures, 6))), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    // Items of a list carry neither apiVersion nor kind.
    private JsonObject WithType(JsonObject item)
    {
        item["apiVersion"] = resource.Type.ApiVersion;
        item["kind"] = resource.Type.Kind;
        return item;
    }

    private async IAsyncEnumerable<(string Kind, JsonObject Item)> WatchOnceAsync(string version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ApiRequest request = ApiRequest.Get($"{_path}?{_selector}watch=1&allowWatchBookmarks=true&timeoutSeconds={WatchSeconds}&resourceVersion={Uri.EscapeDataString(version)}", _target);
        using HttpResponseMessage response = await connection.OpenStreamAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode == 410)
            {
                yield return ("ERROR", new JsonObject { ["code"] = 410 });
                yield break;
            }
            throw connection.Errors.FromResponse(request, new ApiResponse((int)response.StatusCode, body, "", 1));
        }
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await ReadAsync(reader, silence, cancellationToken).ConfigureAwait(false) is { } next)
        {
            yield return next;
        }
    }

    private static async Task<(string Kind, JsonObject Item)?> ReadAsync(StreamReader reader, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        try
        {
            silence.CancelAfter(Silence);
            string? line = await reader.ReadLineAsync(silence.Token).ConfigureAwait(false);
            return line is not null && JsonNode.Parse(line) is JsonObject happened && happened["object"] is JsonObject item ? (happened["type"].Text(), item) : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The connection was dropped, perhaps in the middle of a line: the watch goes on from the last version heard.
            return null;
        }
    }
}
