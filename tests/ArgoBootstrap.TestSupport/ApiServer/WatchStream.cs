using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Answers a watch: events one per line, bookmarks, and 410 when they reach back too far.</summary>
internal sealed class WatchStream(ObjectStore store, ServedType type, ApiPath target, HttpContext http)
{
    public async Task RunAsync()
    {
        long version = long.TryParse(http.Request.Query["resourceVersion"], CultureInfo.InvariantCulture, out long from) ? from : 0;
        int seconds = int.TryParse(http.Request.Query["timeoutSeconds"], CultureInfo.InvariantCulture, out int asked) ? asked : 300;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        end.CancelAfter(TimeSpan.FromSeconds(seconds));
        http.Response.ContentType = "application/json";
        await http.Response.StartAsync(end.Token);
        try
        {
            while (true)
            {
                IReadOnlyList<StoreEvent> events;
                Task change;
                bool expired;
                lock (store.Gate)
                {
                    expired = version > 0 && version < store.CompactedTo;
                    events = store.EventsAfter(version);
                    change = store.WaitForChange();
                }
                if (expired)
                {
                    await SendAsync("ERROR", ApiFailure.Make(410, "Expired", "too old resource version"), end.Token);
                    return;
                }
                foreach (StoreEvent happened in events)
                {
                    version = happened.Version;
                    if (happened.Type.Group == type.Group && happened.Type.Plural == type.Plural
                        && (target.Namespace.Length == 0 || happened.Namespace == target.Namespace) && Selection.Matches(happened.Item, http.Request.Query))
                    {
                        await SendAsync(happened.Kind, happened.Item, end.Token);
                    }
                }
                await change.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Its time is over.
        }
    }

    private async Task SendAsync(string kind, JsonObject item, CancellationToken cancellationToken)
    {
        await http.Response.WriteAsync(new JsonObject { ["type"] = kind, ["object"] = item.DeepClone() }.ToJsonString() + "\n", cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
