using System.Text;

namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes a small repository: a base, overlays above it, components, with everything that a kustomization can say.</summary>
internal sealed class TreeMaker
{
    private readonly Dice _dice;
    private readonly ObjectMaker _objects;
    private readonly KustomizationMaker _kustomizations;
    private readonly FileTree _tree = new();
    private readonly List<KubernetesObject> _known = [];

    private TreeMaker(long seed)
    {
        _dice = new Dice(seed);
        _objects = new ObjectMaker(_dice);
        _kustomizations = new KustomizationMaker(_dice, _objects, _tree);
    }

    /// <summary>The tree of a seed.</summary>
    public static FileTree Make(long seed) => new TreeMaker(seed).Make();

    private FileTree Make()
    {
        int levels = _dice.Between(1, 3);
        string? below = null;
        for (int level = 0; level < levels; level++)
        {
            below = Layer($"l{level}", below is null ? [] : [$"../{below}"], own: level == 0 ? _dice.Between(1, 4) : _dice.Percent(30) ? 1 : 0, top: level == levels - 1);
        }
        _tree.Root = below!;
        _tree.Flags = _dice.Percent(30) ? ["--reorder", "none"] : [];
        Noise();
        return _tree;
    }

    private string Layer(string folder, IReadOnlyList<string> bases, int own, bool top)
    {
        var resources = new List<Model>();
        resources.AddRange(bases.Select(b => (Model)b));
        for (int file = 0; own > 0; file++)
        {
            int count = _dice.Between(1, own);
            own -= count;
            string path = $"r{file}.{_dice.Of("yaml", "yml", "yaml")}";
            _tree.Add($"{folder}/{path}", Documents(count));
            resources.Insert(_dice.Below(resources.Count + 1), path);
        }
        var kustomization = new Map();
        if (_dice.Percent(70))
        {
            kustomization.Add("apiVersion", "kustomize.config.k8s.io/v1beta1");
            kustomization.Add("kind", "Kustomization");
        }
        if (resources.Count > 0)
        {
            kustomization.Add("resources", new Seq(resources));
        }
        if (_dice.Percent(20))
        {
            kustomization.Add("components", Model.ListOf("../" + Component(folder + "c")));
        }
        _kustomizations.Fill(kustomization, folder, _known, top);
        Write(folder, kustomization);
        return folder;
    }

    private string Component(string folder)
    {
        Map component = Model.Of(("apiVersion", "kustomize.config.k8s.io/v1alpha1"), ("kind", "Component"));
        if (_dice.Percent(30))
        {
            _tree.Add($"{folder}/extra.yaml", Documents(1));
            component.Add("resources", Model.ListOf("extra.yaml"));
        }
        _kustomizations.Fill(component, folder, _known, top: false);
        Write(folder, component);
        return folder;
    }

    private void Write(string folder, Map kustomization)
    {
        string name = _dice.Below(10) switch
        {
            0 => "kustomization.yml",
            1 => "Kustomization",
            _ => "kustomization.yaml",
        };
        _tree.Add($"{folder}/{name}", Printer.Print(kustomization, _dice, plain: _dice.Percent(80)));
    }

    private string Documents(int count)
    {
        var text = new StringBuilder();
        KubernetesObject[] made = [.. Enumerable.Range(0, count).Select(_ => _objects.Make())];
        _known.AddRange(made);
        if (_dice.Percent(8))
        {
            return Printer.Print(Model.Of(("apiVersion", "v1"), ("kind", _dice.Of("List", "ConfigMapList")), ("items", Model.ListOf(made.Select(m => m.Model)))), _dice);
        }
        if (_dice.Percent(10))
        {
            text.Append("---\n");
        }
        for (int i = 0; i < made.Length; i++)
        {
            if (i > 0)
            {
                text.Append(_dice.Of("---\n", "---\n", "--- # next\n", "---\n---\n", "---\n# only a comment\n---\n", "\n---\n\n", "---  \n"));
            }
            text.Append(Printer.Print(made[i].Model, _dice));
        }
        if (_dice.Percent(8))
        {
            text.Append(_dice.Of("---\n", "...\n", "---", "\n\n", "# end"));
        }
        return text.ToString();
    }

    /// <summary>What editors do to files: line ends of Windows, byte order marks, no line end at the end.</summary>
    private void Noise()
    {
        foreach (string path in _tree.Files.Keys.Where(p => p.EndsWith("ml", StringComparison.Ordinal)).ToArray())
        {
            if (_dice.Percent(3))
            {
                _tree.Add(path, Encoding.UTF8.GetString(_tree.Files[path]).Replace("\n", "\r\n", StringComparison.Ordinal));
            }
            if (_dice.Percent(2))
            {
                _tree.Files[path] = [0xEF, 0xBB, 0xBF, .. _tree.Files[path]];
            }
            if (_dice.Percent(3) && _tree.Files[path].Length > 0)
            {
                _tree.Files[path] = _tree.Files[path][..^1];
            }
        }
    }
}
