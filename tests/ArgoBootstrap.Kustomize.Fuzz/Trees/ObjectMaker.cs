namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes Kubernetes objects that refer to each other by a few names.</summary>
/// <param name="dice">Decides.</param>
internal sealed class ObjectMaker(Dice dice)
{
    private static readonly string[] Names = ["app", "web", "db", "cfg", "sec", "sa", "a1", "a10", "a9", "x-y", "default"];
    private static readonly string[] Namespaces = ["default", "prod", "ns1"];
    private static readonly string[] Images = ["nginx", "nginx:1.7", "reg.io:5000/team/app:v1", "app@sha256:abc", "nginx:1.7@sha256:0123", "docker.io/library/redis:latest", "my.app", "\"nginx:2\""];

    private readonly HashSet<(string, string, string)> _used = [];

    /// <summary>One of the names that objects have.</summary>
    public string Name() => dice.From(Names);

    /// <summary>An image.</summary>
    public string Image() => dice.From(Images);

    /// <summary>An object, whose id no object before it had.</summary>
    public KubernetesObject Make()
    {
        while (true)
        {
            (string apiVersion, string kind, Action<Map>? fill) = Type();
            string name = Name();
            string ns = dice.Percent(12) ? dice.From(Namespaces) : "";
            if (!_used.Add((kind, name, ns == "default" ? "" : ns)) && !dice.Percent(1))
            {
                continue;
            }
            var metadata = new Map();
            metadata.Add("name", dice.Percent(4) ? $"\"{name}\"" : name);
            if (ns.Length > 0)
            {
                metadata.Add("namespace", ns);
            }
            MaybeMap(metadata, "labels", 25, text: true);
            MaybeMap(metadata, "annotations", 25, text: false);
            Map model = Model.Of(("apiVersion", apiVersion), ("kind", kind), ("metadata", metadata));
            fill?.Invoke(model);
            return new KubernetesObject(apiVersion, kind, name, ns, model);
        }
    }

    /// <summary>A mapping of odd keys and values.</summary>
    public Map Pairs(bool text)
    {
        var map = new Map();
        int count = dice.Between(1, 3);
        for (int i = 0; i < count; i++)
        {
            string key = Scalars.Key(dice);
            if (map[key] is null)
            {
                map.Add(key, text ? Scalars.Text(dice) : Scalars.Any(dice));
            }
        }
        return map;
    }

    /// <summary>Any value, nested or not.</summary>
    public Model Tree(int depth) => depth == 0 || dice.Percent(50)
        ? Scalars.Any(dice)
        : dice.Percent(50)
            ? new Seq([.. Enumerable.Range(0, dice.Below(4)).Select(_ => Tree(depth - 1))])
            : new Map([.. Enumerable.Range(0, dice.Below(4)).Select(_ => Scalars.Key(dice)).Distinct().Select(k => new KeyValuePair<string, Model>(k, Tree(depth - 1)))]);

    private void MaybeMap(Map parent, string key, int chance, bool text)
    {
        if (dice.Percent(chance))
        {
            parent.Add(key, dice.Percent(5) ? dice.Of("{}", "null", "") : Pairs(text && dice.Percent(85)));
        }
    }

    private (string, string, Action<Map>?) Type() => dice.Below(26) switch
    {
        0 or 1 or 2 => ("apps/v1", "Deployment", Workload),
        3 => ("apps/v1", dice.Of("StatefulSet", "DaemonSet", "ReplicaSet"), Workload),
        4 => ("v1", "Pod", m => m.Add("spec", PodSpec())),
        5 => ("batch/v1", "Job", m => m.Add("spec", Model.Of(("template", Model.Of(("spec", PodSpec())))))),
        6 => (dice.Of("batch/v1", "batch/v1beta1"), "CronJob", m => m.Add("spec", Model.Of(("schedule", "\"*/5 * * * *\""), ("jobTemplate", Model.Of(("spec", Model.Of(("template", Model.Of(("spec", PodSpec())))))))))),
        7 or 8 => ("v1", "Service", Service),
        9 or 10 => ("v1", "ConfigMap", m => { if (dice.Percent(85)) { m.Add("data", Pairs(text: dice.Percent(70))); } }),
        11 => ("v1", "Secret", m => m.Add(dice.Of("data", "stringData"), Pairs(text: true))),
        12 => ("v1", "ServiceAccount", m => { if (dice.Percent(50)) { m.Add("imagePullSecrets", Model.ListOf(Model.Of(("name", Name())))); } }),
        13 => ("rbac.authorization.k8s.io/v1", dice.Of("Role", "ClusterRole"), Role),
        14 => ("rbac.authorization.k8s.io/v1", dice.Of("RoleBinding", "ClusterRoleBinding"), Binding),
        15 => ("networking.k8s.io/v1", "Ingress", Ingress),
        16 => ("autoscaling/v1", "HorizontalPodAutoscaler", m => m.Add("spec", Model.Of(("scaleTargetRef", Model.Of(("apiVersion", "apps/v1"), ("kind", "Deployment"), ("name", Name())))))),
        17 => ("v1", "Namespace", null),
        18 => ("v1", dice.Of("PersistentVolumeClaim", "PersistentVolume"), m => m.Add("spec", Model.Of(("storageClassName", Name()), ("volumeName", Name())))),
        19 => ("storage.k8s.io/v1", "StorageClass", m => m.Add("provisioner", "x")),
        20 => ("apiextensions.k8s.io/v1", "CustomResourceDefinition", m => m.Add("spec", Model.Of(("group", "example.com"), ("names", Model.Of(("kind", "Widget"), ("plural", "widgets")))))),
        21 => ("apiregistration.k8s.io/v1", "APIService", m => m.Add("spec", Model.Of(("service", Model.Of(("name", Name()), ("namespace", "x")))))),
        22 => ("admissionregistration.k8s.io/v1", dice.Of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"),
            m => m.Add("webhooks", Model.ListOf(Model.Of(("name", "a.b.c"), ("clientConfig", Model.Of(("service", Model.Of(("name", Name()), ("namespace", dice.Of("default", "prod")))))))))),
        23 => (dice.Of("policy/v1", "policy/v1beta1"), "PodDisruptionBudget", m => m.Add("spec", Model.Of(("selector", Model.Of(("matchLabels", Pairs(text: true)))), ("minAvailable", 1)))),
        24 => ("networking.k8s.io/v1", "NetworkPolicy", m => m.Add("spec", Model.Of(("podSelector", Model.Of(("matchLabels", Pairs(text: true))))))),
        _ => (dice.Of("example.com/v1", "example.com/v1beta1"), dice.Of("Widget", "Gadget"), m => { m.Add("spec", Tree(3)); if (dice.Percent(30)) { m.Add("status", Tree(2)); } }),
    };

    private void Workload(Map model)
    {
        Map labels = Pairs(text: true);
        var spec = new Map();
        if (dice.Percent(60))
        {
            spec.Add("replicas", dice.Between(0, 5));
        }
        spec.Add("selector", Model.Of(("matchLabels", labels)));
        spec.Add("template", Model.Of(("metadata", Model.Of(("labels", labels))), ("spec", PodSpec())));
        model.Add("spec", spec);
    }

    private Map PodSpec()
    {
        var spec = new Map();
        spec.Add("containers", Containers());
        if (dice.Percent(20))
        {
            spec.Add("initContainers", Containers());
        }
        if (dice.Percent(30))
        {
            spec.Add("volumes", Model.ListOf(Volume(0), Volume(1)));
        }
        if (dice.Percent(25))
        {
            spec.Add("serviceAccountName", Name());
        }
        if (dice.Percent(10))
        {
            spec.Add("imagePullSecrets", Model.ListOf(Model.Of(("name", Name()))));
        }
        if (dice.Percent(10))
        {
            spec.Add("tolerations", Model.ListOf(Model.Of(("key", "a"), ("operator", "Exists")), Model.Of(("key", "b"))));
        }
        return spec;
    }

    private Seq Containers()
    {
        var containers = new Seq([]);
        foreach (string name in dice.Percent(30) ? new[] { "main", "side" } : ["main"])
        {
            Map container = Model.Of(("name", name), ("image", Image()));
            if (dice.Percent(30))
            {
                container.Add("args", Model.ListOf(Scalars.Any(dice), Scalars.Any(dice)));
            }
            if (dice.Percent(40))
            {
                container.Add("env", Model.ListOf(
                    Model.Of(("name", "A"), ("value", Scalars.Any(dice))),
                    Model.Of(("name", "B"), ("valueFrom", Model.Of((dice.Of("configMapKeyRef", "secretKeyRef"), Model.Of(("name", Name()), ("key", "k"))))))));
            }
            if (dice.Percent(20))
            {
                container.Add("envFrom", Model.ListOf(Model.Of((dice.Of("configMapRef", "secretRef"), Model.Of(("name", Name()))))));
            }
            if (dice.Percent(30))
            {
                container.Add("ports", Model.ListOf(Port("containerPort"), Port("containerPort")));
            }
            if (dice.Percent(15))
            {
                container.Add("resources", Model.Of(("limits", Model.Of(("cpu", dice.Of("100m", "1", "0.5")), ("memory", dice.Of("1Gi", "\"128Mi\""))))));
            }
            containers.Items.Add(container);
        }
        return containers;
    }

    private Map Port(string key)
    {
        Map port = Model.Of((key, dice.Of("80", "8080", "443", "\"80\"")));
        if (dice.Percent(40))
        {
            port.Add("protocol", dice.Of("TCP", "UDP"));
        }
        if (dice.Percent(40))
        {
            port.Add("name", dice.Of("http", "web"));
        }
        return port;
    }

    private Map Volume(int number) => Model.Of(
        ("name", $"v{number}"),
        dice.Below(4) switch
        {
            0 => ("configMap", Model.Of(("name", Name()))),
            1 => ("secret", Model.Of(("secretName", Name()))),
            2 => ("persistentVolumeClaim", Model.Of(("claimName", Name()))),
            _ => ("projected", Model.Of(("sources", Model.ListOf(Model.Of(("configMap", Model.Of(("name", Name())))), Model.Of(("secret", Model.Of(("name", Name())))))))),
        });

    private void Service(Map model)
    {
        var spec = new Map();
        if (dice.Percent(70))
        {
            spec.Add("selector", Pairs(text: true));
        }
        spec.Add("ports", Model.ListOf(Port("port"), Port("port")));
        model.Add("spec", spec);
    }

    private void Role(Map model) =>
        model.Add("rules", Model.ListOf(Model.Of(("apiGroups", Model.ListOf("\"\"")), ("resources", Model.ListOf("configmaps", "secrets")), ("resourceNames", Model.ListOf(Name(), Name())))));

    private void Binding(Map model)
    {
        model.Add("roleRef", Model.Of(("apiGroup", "rbac.authorization.k8s.io"), ("kind", dice.Of("Role", "ClusterRole")), ("name", Name())));
        Map subject = Model.Of(("kind", dice.Of("ServiceAccount", "ServiceAccount", "User")), ("name", Name()));
        if (dice.Percent(60))
        {
            subject.Add("namespace", dice.Of("default", "prod", "ns1"));
        }
        model.Add("subjects", Model.ListOf(subject));
    }

    private void Ingress(Map model) => model.Add("spec", Model.Of(
        ("tls", Model.ListOf(Model.Of(("secretName", Name()), ("hosts", Model.ListOf("a.example.com"))))),
        ("rules", Model.ListOf(Model.Of(("host", "a.example.com"), ("http", Model.Of(("paths", Model.ListOf(Model.Of(
            ("path", "/"), ("pathType", "Prefix"),
            ("backend", Model.Of(("service", Model.Of(("name", Name()), ("port", Model.Of(("number", 80)))))))))))))))));
}
