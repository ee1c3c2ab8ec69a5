using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessApplyTests(InProcessFixture fixture) : ApplyTests(fixture);

public sealed class RealApplyTests(RealFixture fixture) : ApplyTests(fixture);

public abstract class ApplyTests(ClusterFixture fixture)
{
    private async Task<ClusterSession> OpenAsync(string? token = null) => await ClusterSession.OpenAsync(await fixture.GetAsync(), token);

    [Fact]
    public async Task Applying_again_changes_nothing()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterObject[] objects = [ClusterSession.ConfigMap(ns, "one"), Deployment(ns, 1), ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{ns}}"} }""")];

        ApplyResult first = await session.ApplyAsync(objects);
        ApplyResult second = await session.ApplyAsync(objects);

        Assert.Equal([ApplyAction.Created, ApplyAction.Created, ApplyAction.Unchanged], first.Objects.Select(o => o.Action));
        Assert.All(second.Objects, o => Assert.Equal(ApplyAction.Unchanged, o.Action));
        Assert.Equal(first.Objects.Select(o => o.ResourceVersion), second.Objects.Select(o => o.ResourceVersion));
    }

    [Fact]
    public async Task What_controllers_write_in_the_meantime_is_no_change_of_ours()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        // The server writes a port's protocol and the quantity in its own way, so only an apply tells whether something changes.
        ClusterObject deployment = Deployment(ns, 1, """,{"name":"side","image":"side:1","resources":{"limits":{"cpu":"1000m"} } }""");
        await session.ApplyAsync(deployment);
        using var stop = new CancellationTokenSource();
        Task<int> controller = WriteStatusAsync(session, ns, stop.Token);

        List<ApplyAction> actions = [];
        for (int i = 0; i < 25; i++)
        {
            actions.Add((await session.ApplyAsync(deployment)).Objects[0].Action);
        }
        ApplyAction changed = (await session.ApplyAsync(Deployment(ns, 2))).Objects[0].Action;
        await stop.CancelAsync();
        int written = await controller;

        Assert.True(written > 0, $"the status was written {written} times");
        Assert.All(actions, a => Assert.Equal(ApplyAction.Unchanged, a));
        Assert.Equal(ApplyAction.Configured, changed);
    }

    [Fact]
    public async Task A_changed_value_is_configured_and_a_removed_one_disappears()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one", """{"a":"1","b":"2"}"""));

        ApplyResult result = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one", """{"a":"3"}"""));

        Assert.Equal(ApplyAction.Configured, result.Objects[0].Action);
        var live = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
        Assert.Equal("""{"a":"3"}""", live["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_conflict_names_field_and_manager_and_force_takes_it_over()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(Deployment(ns, 1));
        await session.SendAsync(HttpMethod.Patch, $"/apis/apps/v1/namespaces/{ns}/deployments/web?fieldManager=someone", """{"spec":{"replicas":5}}""", "application/merge-patch+json");

        ApplyResult result = await session.ApplyAsync(Deployment(ns, 2));

        ObjectApplyResult failed = Assert.Single(result.Objects);
        Assert.Equal(ApplyAction.Failed, failed.Action);
        Assert.Equal(ClusterErrorIds.Conflict, failed.ErrorId);
        Assert.Equal(new FieldConflict(".spec.replicas", "someone"), Assert.Single(failed.Conflicts));
        Assert.Contains("-Force", failed.Remedy, StringComparison.Ordinal);

        ApplyResult forced = await session.Applier.ApplyAsync([Deployment(ns, 2)], new ApplyOptions { Force = true });
        Assert.Equal(ApplyAction.Configured, forced.Objects[0].Action);
        var live = await session.SendAsync(HttpMethod.Get, $"/apis/apps/v1/namespaces/{ns}/deployments/web");
        Assert.Equal(2, (int?)live["spec"]!["replicas"]);
    }

    [Fact]
    public async Task What_appears_in_a_new_namespace_before_it_is_applied_is_looked_at_like_any_other()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterObject map = ClusterSession.ConfigMap(ns, "one");
        var applier = new ObjectApplier(session.Connection);
        var resource = await session.Discovery.GetAsync(map.Reference.Type);

        ObjectApplyResult created = await applier.ApplyAsync(map, resource, ns, new ApplyOptions(), isNew: true, CancellationToken.None);
        await session.SendAsync(HttpMethod.Patch, $"/api/v1/namespaces/{ns}/configmaps/one?fieldManager=someone", """{"data":{"a":"other"}}""", "application/merge-patch+json");
        ObjectApplyResult refused = await applier.ApplyAsync(map, resource, ns, new ApplyOptions(), isNew: true, CancellationToken.None);
        ObjectApplyResult forced = await applier.ApplyAsync(map, resource, ns, new ApplyOptions { Force = true }, isNew: true, CancellationToken.None);

        Assert.Equal(ApplyAction.Created, created.Action);
        Assert.Equal(new FieldConflict(".data.a", "someone"), Assert.Single(refused.Conflicts));
        Assert.Equal(ApplyAction.Configured, forced.Action);
    }

    [Fact]
    public async Task A_field_that_the_schema_does_not_have_is_named_and_not_tried_again()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterObject one = ClusterSession.Object($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","namespace":"{{ns}}"},"dta":{"a":"1"} }""");
        var request = new ApiRequest(HttpMethod.Patch, $"/api/v1/namespaces/{ns}/configmaps/one?fieldManager=x") { Body = one.Json, ContentType = "application/apply-patch+yaml" };

        ApiResponse answer = await session.Connection.TrySendAsync(request);
        ApplyResult result = await session.ApplyAsync(one);

        Assert.Equal((500, 1), (answer.StatusCode, answer.Attempts));
        Assert.Equal((ApplyAction.Failed, ClusterErrorIds.Invalid), (result.Objects[0].Action, result.Objects[0].ErrorId));
        Assert.Contains(".dta: field not declared in schema", result.Objects[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("webhook", result.Objects[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_and_its_objects_are_applied_in_one_go()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        string group = $"g{Guid.NewGuid():N}.example.com";
        ClusterObject definition = Definition(group);
        ClusterObject widget = ClusterSession.Object($$"""{"apiVersion":"{{group}}/v1","kind":"Widget","metadata":{"name":"w","namespace":"{{ns}}"},"spec":{"size":3} }""");

        ApplyResult result = await session.ApplyAsync(widget, definition);

        Assert.True(result.Succeeded, string.Join("; ", result.Objects.Select(o => o.Message)));
        ApplyResult again = await session.ApplyAsync(widget, definition);
        Assert.Equal(ApplyAction.Unchanged, again.Objects[0].Action);
    }

    [Fact]
    public async Task What_kubectl_applied_on_the_clients_side_is_adopted_when_asked()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.SendAsync(
            HttpMethod.Post,
            $"/api/v1/namespaces/{ns}/configmaps?fieldManager=kubectl-client-side-apply",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}},"data":{"a":"1","gone":"x"}}""");

        ApplyResult plain = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one", """{"a":"2"}"""));
        var kept = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
        var options = new ApplyOptions { AdoptFrom = FieldManagers.Installers };
        ApplyResult preview = await session.Applier.ApplyAsync([ClusterSession.ConfigMap(ns, "one")], options with { DryRun = true });
        ApplyResult result = await session.Applier.ApplyAsync([ClusterSession.ConfigMap(ns, "one")], options);

        Assert.Empty(plain.Objects[0].AdoptedFrom);
        Assert.Equal("""{"a":"2","gone":"x"}""", kept["data"]!.ToJsonString());
        Assert.Contains(new FieldRemoval(".data.gone", "kubectl-client-side-apply"), preview.Objects[0].RemovedFields);
        Assert.Contains(new FieldChange("data.gone", "\"x\"", null), preview.Objects[0].Changes);
        Assert.Equal(preview.Objects[0].RemovedFields, result.Objects[0].RemovedFields);
        Assert.Equal(["kubectl-client-side-apply"], result.Objects[0].AdoptedFrom);
        var live = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
        Assert.Equal("""{"a":"1"}""", live["data"]!.ToJsonString());
        Assert.Null(live["metadata"]!["annotations"]?["kubectl.kubernetes.io/last-applied-configuration"]);
        Assert.Equal("argobootstrap", (string?)Assert.Single(live["metadata"]!["managedFields"]!.AsArray())!["manager"]);
        ApplyResult again = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));
        Assert.Equal(ApplyAction.Unchanged, again.Objects[0].Action);
    }

    [Theory]
    [InlineData("kubectl")]
    [InlineData("helm")]
    public async Task What_others_applied_on_the_servers_side_is_adopted_when_asked(string manager)
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.SendAsync(
            HttpMethod.Patch,
            $"/api/v1/namespaces/{ns}/configmaps/one?fieldManager={manager}",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"a":"old","gone":"x"}}""",
            "application/apply-patch+yaml");

        ApplyResult refused = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));
        ApplyResult adopted = await session.Applier.ApplyAsync([ClusterSession.ConfigMap(ns, "one")], new ApplyOptions { AdoptFrom = FieldManagers.Installers });

        Assert.Equal(new FieldConflict(".data.a", manager), Assert.Single(refused.Objects[0].Conflicts));
        Assert.Equal([manager], adopted.Objects[0].AdoptedFrom);
        var live = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
        Assert.Equal("""{"a":"1"}""", live["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_tells_each_field_and_changes_nothing()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ApplyResult before = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one", """{"a":"1","b":"2"}"""));

        ApplyResult result = await session.Applier.ApplyAsync([ClusterSession.ConfigMap(ns, "one", """{"a":"9"}"""), ClusterSession.ConfigMap(ns, "two")], new ApplyOptions { DryRun = true });

        Assert.Equal([new FieldChange("data.a", "\"1\"", "\"9\""), new FieldChange("data.b", "\"2\"", null)], result.Objects[0].Changes.OrderBy(c => c.Path));
        Assert.Equal(ApplyAction.Created, result.Objects[1].Action);
        ApplyResult after = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one", """{"a":"1","b":"2"}"""));
        Assert.Equal(before.Objects[0].ResourceVersion, after.Objects[0].ResourceVersion);
    }

    [Fact]
    public async Task A_secret_never_shows_in_a_dry_run()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterObject secret = ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"{{ns}}"},"stringData":{"password":"planted-value-1"} }""");

        ApplyResult result = await session.Applier.ApplyAsync([secret], new ApplyOptions { DryRun = true });

        Assert.True(result.Succeeded);
        Assert.DoesNotContain("planted-value-1", string.Join('\n', result.Objects[0].Changes), StringComparison.Ordinal);
        Assert.Contains(result.Objects[0].Changes, c => c.After == "***");
    }

    [Fact]
    public async Task A_dry_run_of_a_new_namespace_says_what_could_not_be_checked()
    {
        using ClusterSession session = await OpenAsync();
        string ns = "new-" + Guid.NewGuid().ToString("N")[..8];
        ClusterObject[] objects = [ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{ns}}"} }"""), ClusterSession.ConfigMap(ns, "one")];

        ApplyResult result = await session.Applier.ApplyAsync(objects, new ApplyOptions { DryRun = true });

        Assert.True(result.Succeeded);
        Assert.Contains(ns, result.Objects[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_kind_fails_alone_and_says_so()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterObject unknown = ClusterSession.Object($$"""{"apiVersion":"nowhere.example.com/v1","kind":"Thing","metadata":{"name":"t","namespace":"{{ns}}"} }""");

        ApplyResult result = await session.ApplyAsync(unknown, ClusterSession.ConfigMap(ns, "one"));

        Assert.Equal(ClusterErrorIds.KindUnknown, result.Objects[0].ErrorId);
        Assert.Equal(ApplyAction.Created, result.Objects[1].Action);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_who_and_what()
    {
        using ClusterSession admin = await OpenAsync();
        string ns = await admin.CreateNamespaceAsync();
        using ClusterSession session = await OpenAsync(admin.Cluster.RestrictedToken);

        ApplyResult result = await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));

        Assert.Equal(ClusterErrorIds.Forbidden, result.Objects[0].ErrorId);
        Assert.Contains("test-user", result.Objects[0].Message, StringComparison.Ordinal);
        Assert.Contains("context 'test'", result.Objects[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_that_is_ending_is_the_only_failure()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.Object($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"{{ns}}","finalizers":["example.com/hold"]} }"""));
        await session.SendAsync(HttpMethod.Delete, $"/api/v1/namespaces/{ns}");

        ApplyResult result = await session.Applier.ApplyAsync(
            [
                ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{ns}}"} }"""),
                ClusterSession.ConfigMap(ns, "one"),
                ClusterSession.Object("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"in-default"} }"""),
            ],
            new ApplyOptions { DefaultNamespace = ns });

        Assert.Equal([ApplyAction.Failed, ApplyAction.Skipped, ApplyAction.Skipped], result.Objects.Select(o => o.Action));
        Assert.Equal(ClusterErrorIds.AdmissionDenied, result.Objects[0].ErrorId);
        Assert.Contains($"Namespace {ns} is being deleted", result.Objects[0].Message, StringComparison.Ordinal);
        await session.ApplyAsync(ClusterSession.Object($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"{{ns}}","finalizers":[]} }"""));
    }

    /// <summary>Writes the status of the Deployment as fast as the server takes it.</summary>
    /// <returns>How often.</returns>
    private static async Task<int> WriteStatusAsync(ClusterSession session, string ns, CancellationToken stop)
    {
        for (int i = 1; ; i++)
        {
            if (stop.IsCancellationRequested)
            {
                return i - 1;
            }
            await session.SendAsync(HttpMethod.Patch, $"/apis/apps/v1/namespaces/{ns}/deployments/web/status", $$"""{"status":{"observedGeneration":{{i}}} }""", "application/merge-patch+json");
        }
    }

    private static ClusterObject Deployment(string ns, int replicas, string moreContainers = "") => ClusterSession.Object(
        $$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"{{ns}}"},"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"web"} },"template":{"metadata":{"labels":{"app":"web"} },"spec":{"containers":[{"name":"web","image":"web:1","ports":[{"containerPort":80}]}{{moreContainers}}]} } } }""");

    private static ClusterObject Definition(string group) => ClusterSession.Object(
        $$"""{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.{{group}}"},"spec":{"group":"{{group}}","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]} }""");
}
