namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes built-in generators and transformers that are configured by objects, and transformer configurations.</summary>
/// <param name="dice">Decides.</param>
/// <param name="objects">Makes values.</param>
/// <param name="patches">Makes patches.</param>
/// <param name="replacements">Makes replacements.</param>
internal sealed class PluginMaker(Dice dice, ObjectMaker objects, PatchMaker patches, ReplacementMaker replacements)
{
    /// <summary>Adds <c>generators</c> and <c>transformers</c>.</summary>
    /// <param name="k">The kustomization.</param>
    /// <param name="known">The objects below it.</param>
    /// <param name="newFile">Writes a file of a text and a name, and gives its path.</param>
    public void Fill(Map k, IReadOnlyList<KubernetesObject> known, Func<string, string, string> newFile)
    {
        if (dice.Percent(8))
        {
            k.Add("transformers", Model.ListOf(Place(Transformer(dice.From(known), known), newFile)));
        }
        if (dice.Percent(5))
        {
            k.Add("generators", Model.ListOf(Place(Generator(), newFile)));
        }
    }

    /// <summary>A file of <c>configurations</c>.</summary>
    public Map Configuration()
    {
        var configuration = new Map();
        foreach (string field in new[] { "namePrefix", "commonLabels", "commonAnnotations", "varReference", "images", "namespace", "replicas", "labels" })
        {
            if (dice.Percent(20))
            {
                configuration.Add(field, Model.ListOf(FieldSpec()));
            }
        }
        if (dice.Percent(40))
        {
            configuration.Add("nameReference", Model.ListOf(Model.Of(
                ("kind", dice.Of("ConfigMap", "Secret", "Widget")),
                ("fieldSpecs", Model.ListOf(Model.Of(("kind", dice.Of("Widget", "Deployment")), ("path", dice.Of("spec/app", "spec/a/name", "metadata/annotations/app"))))))));
        }
        return configuration;
    }

    private Map FieldSpec()
    {
        Map spec = Model.Of(("path", dice.Of("spec/app", "spec/tier", "data/app", "metadata/annotations/key", "spec/template/spec/containers[]/image", "spec/template/spec/containers/args", "spec/a/b", "metadata/name", "metadata/labels")));
        if (dice.Percent(60))
        {
            spec.Add("kind", dice.Of("Deployment", "Widget", "ConfigMap", "Service"));
        }
        if (dice.Percent(40))
        {
            spec.Add("create", dice.Of("true", "false"));
        }
        return spec;
    }

    private Model Place(Map plugin, Func<string, string, string> newFile)
    {
        string text = Printer.Print(plugin, dice, plain: true);
        return dice.Percent(50) ? newFile(text, "plugin.yaml") : new Block("|-", text.TrimEnd('\n').Split('\n'));
    }

    private Map Transformer(KubernetesObject target, IReadOnlyList<KubernetesObject> known)
    {
        Model specs = Model.ListOf(FieldSpec(), Model.Of(("path", dice.Of("metadata/name", "metadata/labels", "metadata/annotations", "metadata/namespace")), ("create", "true")));
        // Affixes in mappings fail with kustomize's own annotations in the message, whatever the tree.
        Model names = Model.ListOf(Model.Of(("path", dice.Of("metadata/name", "spec/app", "spec/a/b"))));
        (string kind, (string, Model)[] fields) = dice.Below(11) switch
        {
            0 => ("AnnotationsTransformer", [("annotations", objects.Pairs(text: true)), ("fieldSpecs", specs)]),
            1 => ("LabelTransformer", [("labels", objects.Pairs(text: true)), ("fieldSpecs", specs)]),
            2 => ("PrefixTransformer", [("prefix", "t-"), ("fieldSpecs", names)]),
            3 => ("SuffixTransformer", [("suffix", "-t"), ("fieldSpecs", names)]),
            4 => ("NamespaceTransformer", [("unsetOnly", dice.Of("true", "false")), ("setRoleBindingSubjects", dice.Of("defaultOnly", "allServiceAccounts", "none")), ("fieldSpecs", Model.ListOf(Model.Of(("path", "metadata/namespace"), ("create", "true"))))]),
            5 => ("ImageTagTransformer", [("imageTag", Model.Of(("name", "nginx"), ("newTag", "v9"))), ("fieldSpecs", names)]),
            6 => ("ReplicaCountTransformer", [("replica", Model.Of(("name", target.Name), ("count", 4))), ("fieldSpecs", Model.ListOf(Model.Of(("path", "spec/replicas"), ("create", "true"), ("kind", target.Kind))))]),
            7 => ("PatchTransformer", new (string, Model)[] { ("patch", new Block("|-", Printer.Print(patches.Json(target), dice, plain: true).TrimEnd('\n').Split('\n'))), ("target", patches.Selector(target)) }),
            8 => ("PatchTransformer", [("patch", new Block("|-", Printer.Print(patches.StrategicMerge(target, named: true), dice, plain: true).TrimEnd('\n').Split('\n')))]),
            9 => ("ValueAddTransformer", [("value", dice.Of("v", "\"12\"", "a/b")), ("targets", Model.ListOf(ValueTarget()))]),
            _ => ("ReplacementTransformer", new (string, Model)[] { ("replacements", Model.ListOf(replacements.Replacement(known))) }),
        };
        var metadata = Model.Of(("name", "plugin"));
        if (kind == "NamespaceTransformer")
        {
            metadata.Add("namespace", "plugged");
        }
        return Model.Of([("apiVersion", "builtin"), ("kind", kind), ("metadata", metadata), .. fields]);
    }

    private Map ValueTarget()
    {
        Map target = Model.Of(("fieldPath", dice.Of(
            "metadata/namespace", "spec/app", "metadata/annotations/key", "metadata/labels/app", "spec/template/spec/containers/[name=c]/image", "spec/template/spec/containers/0/image",
            "spec/containers/-/name", "spec/ports/[port=80]/name", "spec/made/[a=b]/c", "spec/made/0", "data/key", "\"spec/a.b\\\\/c/d\"")));
        if (dice.Percent(30))
        {
            target.Add("filePathPosition", dice.Of("1", "2", "9"));
        }
        return target;
    }

    private Map Generator() => Model.Of(
        ("apiVersion", "builtin"),
        ("kind", dice.Of("ConfigMapGenerator", "SecretGenerator")),
        ("metadata", Model.Of(("name", "generated"))),
        ("literals", Model.ListOf("a=1", "b=yes")),
        dice.Percent(50) ? ("options", Model.Of(("disableNameSuffixHash", "true"))) : ("behavior", dice.Of("create", "\"\"")));
}
