namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Fills a kustomization or component with fields that fit what lies below it.</summary>
internal sealed class KustomizationMaker
{
    private readonly Dice _dice;
    private readonly ObjectMaker _objects;
    private readonly FileTree _tree;
    private readonly PatchMaker _patches;
    private readonly ReplacementMaker _replacements;
    private readonly GeneratorMaker _generators;
    private readonly PluginMaker _plugins;
    private readonly List<(string Name, bool Secret)> _generated = [];
    private int _files;
    private int _variables;

    /// <summary>Makes a maker.</summary>
    /// <param name="dice">Decides.</param>
    /// <param name="objects">Makes values.</param>
    /// <param name="tree">Receives files.</param>
    public KustomizationMaker(Dice dice, ObjectMaker objects, FileTree tree)
    {
        _dice = dice;
        _objects = objects;
        _tree = tree;
        _patches = new PatchMaker(dice, objects);
        _replacements = new ReplacementMaker(dice, _patches);
        _generators = new GeneratorMaker(dice);
        _plugins = new PluginMaker(dice, objects, _patches, _replacements);
    }

    /// <summary>Adds fields.</summary>
    /// <param name="k">The kustomization.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="known">The objects below it.</param>
    /// <param name="top">Whether it is the one that is built.</param>
    public void Fill(Map k, string folder, IReadOnlyList<KubernetesObject> known, bool top)
    {
        Affixes(k);
        Maps(k);
        Entries(k);
        Generators(k, folder);
        if (known.Count > 0)
        {
            Patches(k, folder, known);
            References(k, folder, known);
            _plugins.Fill(k, known, (text, name) => NewFile(folder, name, text));
        }
        if (_dice.Percent(top ? 15 : 4))
        {
            k.Add("buildMetadata", new Seq([.. new[] { "originAnnotations", "transformerAnnotations", "managedByLabel" }.Where(_ => _dice.Percent(60)).Select(m => (Model)m)]));
        }
        if (_dice.Percent(top ? 8 : 2))
        {
            Map options = Model.Of(("order", _dice.Of("fifo", "legacy", "legacy")));
            if (_dice.Percent(40))
            {
                options.Set("order", "legacy");
                options.Add("legacySortOptions", Model.Of(("orderFirst", Model.ListOf("Namespace", "ConfigMap")), ("orderLast", Model.ListOf("Deployment"))));
            }
            k.Add("sortOptions", options);
        }
    }

    private void Affixes(Map k)
    {
        if (_dice.Percent(25))
        {
            k.Add("namePrefix", _dice.Of("p-", "dev-", "\"1-\"", "x"));
        }
        if (_dice.Percent(20))
        {
            k.Add("nameSuffix", _dice.Of("-s", "-v2", "\"-1\""));
        }
        if (_dice.Percent(25))
        {
            k.Add("namespace", _dice.Of("prod", "ns1", "default", "other"));
        }
    }

    private void Maps(Map k)
    {
        if (_dice.Percent(12))
        {
            k.Add("commonLabels", _objects.Pairs(text: true));
        }
        if (_dice.Percent(15))
        {
            Map label = Model.Of(("pairs", _objects.Pairs(text: true)));
            if (_dice.Percent(60))
            {
                label.Add(_dice.Of("includeSelectors", "includeTemplates"), _dice.Of("true", "true", "false"));
            }
            if (_dice.Percent(15))
            {
                label.Add("fields", Model.ListOf(Model.Of(("path", _dice.Of("spec/labels", "metadata/labels", "spec/template/metadata/labels", "spec/a/b")), ("create", _dice.Of("true", "false")))));
            }
            k.Add("labels", Model.ListOf(label));
        }
        if (_dice.Percent(15))
        {
            k.Add("commonAnnotations", _objects.Pairs(text: true));
        }
    }

    private void Entries(Map k)
    {
        if (_dice.Percent(25))
        {
            Map image = Model.Of(("name", _dice.Of("nginx", "nginx", "app", "my.app", "reg.io:5000/team/app", "docker.io/library/redis", "\"n.*\"")));
            foreach ((string field, string value) in new[] { ("newName", _dice.Of("other", "reg2.io:80/x", "nginx")), ("newTag", _dice.Of("v2", "\"1.0\"", "\"2\"", "latest")), ("digest", "sha256:beef"), ("tagSuffix", "-x") })
            {
                if (_dice.Percent(field is "digest" or "tagSuffix" ? 10 : 55))
                {
                    image.Add(field, value);
                }
            }
            k.Add("images", Model.ListOf(image));
        }
        if (_dice.Percent(2))
        {
            k.Add("replicas", Model.ListOf(Model.Of(("name", _objects.Name()), ("count", _dice.Of("3", "0", "012", "3.0", "0x1F", "1_0", "1e1")))));
        }
    }

    private void Generators(Map k, string folder)
    {
        for (int i = 0; i < 2; i++)
        {
            bool secret = i == 1;
            if (!_dice.Percent(secret ? 15 : 25))
            {
                continue;
            }
            (string name, bool _) = _generated.Find(g => g.Secret == secret);
            string behavior = name is null ? _dice.Of("", "", "create") : _dice.Of("merge", "replace", "");
            if (behavior is "" or "create")
            {
                name = $"{(secret ? "sec" : "cfg")}{_generated.Count}";
                name = _dice.Percent(60) ? name : secret ? "sec" : "cfg";
                _generated.Add((name, secret));
            }
            k.Add(secret ? "secretGenerator" : "configMapGenerator", Model.ListOf(_generators.Entry(_tree, folder, name!, secret, behavior)));
        }
        if (_dice.Percent(10))
        {
            k.Add("generatorOptions", _generators.Options());
        }
    }

    private void Patches(Map k, string folder, IReadOnlyList<KubernetesObject> known)
    {
        if (_dice.Percent(40))
        {
            k.Add("patches", new Seq([.. Enumerable.Range(0, _dice.Between(1, 2)).Select(_ => Patch(folder, _dice.From(known)))]));
        }
        if (_dice.Percent(10))
        {
            string text = Print(_patches.StrategicMerge(_dice.From(known), named: true));
            k.Add("patchesStrategicMerge", Model.ListOf(_dice.Percent(60) ? NewFile(folder, "psm.yaml", text) : Inline(text)));
        }
        if (_dice.Percent(10))
        {
            KubernetesObject target = _dice.From(known);
            string text = Print(_patches.Json(target));
            Map selector = Model.Of(("version", target.Version), ("kind", target.Kind), ("name", target.Name));
            if (target.Group.Length > 0)
            {
                selector.Add("group", target.Group);
            }
            k.Add("patchesJson6902", Model.ListOf(Model.Of(("target", selector), _dice.Percent(50) ? ("path", NewFile(folder, "pj.yaml", text)) : ("patch", Inline(text)))));
        }
    }

    private Map Patch(string folder, KubernetesObject target)
    {
        var entry = new Map();
        bool json = _dice.Percent(45);
        bool selects = json || _dice.Percent(40);
        string text = Print(json ? _patches.Json(target) : _patches.StrategicMerge(target, named: !selects || _dice.Percent(50)));
        entry.Add(_dice.Percent(50) ? "path" : "patch", "");
        entry.Entries[0] = new(entry.Entries[0].Key, entry.Entries[0].Key == "path" ? NewFile(folder, "patch.yaml", text) : Inline(text));
        if (selects)
        {
            entry.Add("target", _patches.Selector(target));
        }
        if (_dice.Percent(8))
        {
            entry.Add("options", Model.Of((_dice.Of("allowNameChange", "allowKindChange"), "true")));
        }
        return entry;
    }

    private void References(Map k, string folder, IReadOnlyList<KubernetesObject> known)
    {
        if (_dice.Percent(18))
        {
            Map replacement = _replacements.Replacement(known);
            k.Add("replacements", Model.ListOf(_dice.Percent(80) ? replacement : Model.Of(("path", NewFile(folder, "repl.yaml", Print(_dice.Percent(50) ? replacement : Model.ListOf(replacement)))))));
        }
        if (_dice.Percent(10))
        {
            k.Add("vars", Model.ListOf(_replacements.Variable(_dice.From(known), _variables++ == 0 ? "VAR" : $"V{_variables}")));
        }
        if (_dice.Percent(8))
        {
            k.Add("configurations", Model.ListOf(NewFile(folder, "config.yaml", Printer.Print(_plugins.Configuration(), _dice, plain: true))));
        }
    }

    private string Print(Model model) => Printer.Print(model, _dice);

    private string NewFile(string folder, string name, string text)
    {
        string path = $"{_files++}-{name}";
        _tree.Add($"{folder}/{path}", text);
        return path;
    }

    private static Block Inline(string text) => new("|-", text.TrimEnd('\n').Split('\n'));
}
