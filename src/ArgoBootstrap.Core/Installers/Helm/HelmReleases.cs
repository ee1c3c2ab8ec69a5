using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>A release as Helm 3 records it in Secrets (helm.sh/helm pkg/storage/driver): which chart, which values, how it ended.</summary>
internal sealed record HelmRelease(string Name, int Revision, string Status, string ChartVersion, JsonObject Values, string RecordName)
{
    /// <summary>What was rendered; empty when the record does not say.</summary>
    public string Manifest { get; init; } = "";

    public bool IsDeployed => Status == "deployed";

    /// <summary>Whether a helm that was ended left it, so that every further one is refused.</summary>
    public bool IsPending => Status.StartsWith("pending", StringComparison.Ordinal);
}

/// <summary>Reads Helm's records, and takes away those of a helm that was ended on the way.</summary>
internal sealed class HelmReleases(TargetCluster cluster)
{
    private const int LargestRecord = 64 << 20;

    /// <summary>The latest revision of a release, or null.</summary>
    public async Task<HelmRelease?> FindAsync(string release, string ns, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> records = await RecordsAsync(release, ns, cancellationToken).ConfigureAwait(false);
        return records.Count == 0 ? null : Read(release, records[^1]);
    }

    /// <summary>Removes records that say that an operation is under way. The caller makes sure that none is.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemovePendingAsync(string release, string ns, CancellationToken cancellationToken)
    {
        bool any = false;
        foreach (JsonObject record in await RecordsAsync(release, ns, cancellationToken).ConfigureAwait(false))
        {
            if (record.At("metadata", "labels", "status").Text().StartsWith("pending", StringComparison.Ordinal))
            {
                string name = record.At("metadata", "name").Text();
                await cluster.Connection.FindAsync(new ApiRequest(HttpMethod.Delete, $"/api/v1/namespaces/{ns}/secrets/{name}") { Target = $"Helm's record {name}" }, cancellationToken).ConfigureAwait(false);
                cluster.Connection.Changes.Add();
                any = true;
            }
        }
        return any;
    }

    private async Task<IReadOnlyList<JsonObject>> RecordsAsync(string release, string ns, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> records = await cluster.Reader.ListAsync("", "Secret", ns, $"owner=helm,name={release}", cancellationToken).ConfigureAwait(false);
        return [.. records.OrderBy(r => int.TryParse(r.At("metadata", "labels", "version").Text(), out int v) ? v : 0)];
    }

    private HelmRelease Read(string release, JsonObject record)
    {
        string status = record.At("metadata", "labels", "status").Text();
        int revision = int.TryParse(record.At("metadata", "labels", "version").Text(), out int number) ? number : 0;
        JsonObject content = Decode(record.At("data", "release").Text()) ?? [];
        var values = content["config"] as JsonObject ?? [];
        return new HelmRelease(release, revision, status, content.At("chart", "metadata", "version").Text(), (JsonObject)values.DeepClone(), record.At("metadata", "name").Text()) { Manifest = content["manifest"].Text() };
    }

    private static JsonObject? Decode(string data)
    {
        try
        {
            // base64 of the Secret, base64 of Helm, gzip.
            byte[] packed = Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(data)));
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var text = new MemoryStream();
            byte[] buffer = new byte[81920];
            for (int read; (read = gzip.Read(buffer)) > 0 && text.Length < LargestRecord;)
            {
                text.Write(buffer, 0, read);
            }
            return JsonNode.Parse(text.ToArray()) as JsonObject;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException)
        {
            // Another driver or format: then the release is simply upgraded again.
            return null;
        }
    }
}
