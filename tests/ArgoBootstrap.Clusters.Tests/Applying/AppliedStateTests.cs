using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Applying;

namespace ArgoBootstrap.Clusters.Tests.Applying;

public sealed class AppliedStateTests
{
    private const string Applied = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","labels":{"a":"1"} },
         "spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"web","image":"web:1","args":["x","y"],"ports":[{"containerPort":80}]}]} } } }
        """;

    private const string Fields = """
        {"f:metadata":{"f:labels":{"f:a":{} } },"f:spec":{"f:replicas":{},"f:template":{"f:spec":{"f:containers":{
          "k:{\"name\":\"web\"}":{".":{},"f:name":{},"f:image":{},"f:args":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{} } } } } } } } }
        """;

    [Fact]
    public void What_we_own_with_the_same_values_is_current_whatever_others_have_added() => Assert.True(IsCurrent(Applied, Live()));

    [Theory]
    // A value that somebody changed, a field that is applied anew, one that is not applied any more.
    [InlineData("\"image\":\"web:1\"", "\"image\":\"web:2\"")]
    [InlineData("\"args\":[\"x\",\"y\"]", "\"args\":[\"x\"]")]
    [InlineData("\"replicas\":2", "\"replicas\":\"2\"")]
    [InlineData("\"replicas\":2", "\"replicas\":2,\"paused\":true")]
    [InlineData("\"replicas\":2,", "")]
    [InlineData("\"labels\":{\"a\":\"1\"}", "\"labels\":{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData("\"labels\":{\"a\":\"1\"}", "\"annotations\":{\"a\":\"1\"}")]
    [InlineData("\"containerPort\":80}", "\"containerPort\":80},{\"containerPort\":81}")]
    [InlineData("\"apiVersion\":\"apps/v1\"", "\"apiVersion\":\"apps/v1beta1\"")]
    [InlineData("\"replicas\":2", "\"replicas\":2,\"minReadySeconds\":null")]
    public void What_applying_would_change_is_not(string from, string to)
    {
        string changed = Applied.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(Applied, changed);
        Assert.False(IsCurrent(changed, Live()));
    }

    [Fact]
    public void The_order_of_items_counts()
    {
        const string fields = """{"f:spec":{"f:ports":{"k:{\"port\":1}":{".":{},"f:port":{} },"k:{\"port\":2}":{".":{},"f:port":{} } } } }""";
        const string applied = """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":1},{"port":2}]} }""";
        JsonObject same = Live(applied, fields);
        JsonObject other = Live(applied.Replace("{\"port\":1},{\"port\":2}", "{\"port\":2},{\"port\":1}", StringComparison.Ordinal), fields);

        Assert.True(IsCurrent(applied, same));
        Assert.False(IsCurrent(applied, other));
    }

    [Theory]
    [InlineData("manager", "somebody")]
    [InlineData("operation", "Update")]
    [InlineData("apiVersion", "apps/v1beta1")]
    [InlineData("subresource", "status")]
    public void Only_our_own_entry_of_the_same_version_counts(string field, string value)
    {
        JsonObject live = Live();
        live["metadata"]!["managedFields"]![0]![field] = value;

        Assert.False(IsCurrent(Applied, live));
    }

    [Fact]
    public void An_object_that_is_being_deleted_is_not_current()
    {
        JsonObject live = Live();
        live["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";

        Assert.False(IsCurrent(Applied, live));
    }

    private static bool IsCurrent(string applied, JsonObject live) => AppliedState.IsCurrent(ClusterSession.Object(applied), live, FieldManagers.Own);

    /// <summary>The live object: what is applied, with what a server and others add.</summary>
    private static JsonObject Live()
    {
        JsonObject live = Live(Applied, Fields);
        live["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"]![0]!["protocol"] = "TCP";
        live["spec"]!["template"]!["spec"]!["restartPolicy"] = "Always";
        live["metadata"]!["labels"]!["other"] = "1";
        live["status"] = new JsonObject { ["replicas"] = 1 };
        return live;
    }

    private static JsonObject Live(string applied, string fields)
    {
        var live = (JsonObject)JsonNode.Parse(applied)!;
        live["metadata"]!["managedFields"] = new JsonArray(new JsonObject
        {
            ["manager"] = FieldManagers.Own, ["operation"] = "Apply", ["apiVersion"] = (string?)live["apiVersion"], ["fieldsType"] = "FieldsV1", ["fieldsV1"] = JsonNode.Parse(fields),
        });
        return live;
    }
}
