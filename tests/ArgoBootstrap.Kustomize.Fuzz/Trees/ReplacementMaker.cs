namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes <c>replacements</c> and <c>vars</c>.</summary>
/// <param name="dice">Decides.</param>
/// <param name="patches">Makes selectors.</param>
internal sealed class ReplacementMaker(Dice dice, PatchMaker patches)
{
    /// <summary>An entry of <c>replacements</c>.</summary>
    public Map Replacement(IReadOnlyList<KubernetesObject> known)
    {
        KubernetesObject from = dice.From(known);
        Map source = Model.Of(("kind", from.Kind), ("name", from.Name));
        if (from.Namespace.Length > 0 && dice.Percent(70))
        {
            source.Add("namespace", from.Namespace);
        }
        if (dice.Percent(85))
        {
            source.Add("fieldPath", Quote(Path(from.Model, scalar: true)));
        }
        if (dice.Percent(15))
        {
            source.Add("options", Model.Of(("delimiter", dice.Of("\":\"", "\".\"", "\"-\"", "\"/\"")), ("index", dice.Below(3))));
        }
        Map replacement = dice.Percent(8) ? Model.Of(("sourceValue", Scalars.Any(dice))) : Model.Of(("source", source));
        var targets = new Seq([]);
        int count = dice.Between(1, 2);
        for (int i = 0; i < count; i++)
        {
            KubernetesObject to = dice.From(known);
            Map target = Model.Of(("select", patches.Selector(to)));
            if (dice.Percent(10))
            {
                target.Add("reject", Model.ListOf(patches.Selector(dice.From(known))));
            }
            if (dice.Percent(93))
            {
                target.Add("fieldPaths", Model.ListOf(Quote(TargetPath(to.Model))));
            }
            if (dice.Percent(60))
            {
                var options = new Map();
                options.Add("create", dice.Of("true", "true", "false"));
                if (dice.Percent(25))
                {
                    options.Add("delimiter", dice.Of("\":\"", "\".\"", "\"-\"", "\"/\""));
                    options.Add("index", dice.Between(-1, 3));
                }
                target.Add("options", options);
            }
            targets.Items.Add(target);
        }
        replacement.Add("targets", targets);
        return replacement;
    }

    /// <summary>An entry of <c>vars</c>.</summary>
    public Map Variable(KubernetesObject from, string name)
    {
        Map variable = Model.Of(("name", name), ("objref", Model.Of(("apiVersion", from.ApiVersion), ("kind", from.Kind), ("name", from.Name))));
        if (dice.Percent(60))
        {
            variable.Add("fieldref", Model.Of(("fieldpath", dice.Percent(70) ? "metadata.name" : Quote(Path(from.Model, scalar: true)))));
        }
        return variable;
    }

    private string TargetPath(Model root)
    {
        string path = Path(root, scalar: dice.Percent(80));
        return dice.Percent(15) ? path + "." + dice.Of("added", "a.b", "[name=x]", "-", "*", "0") : path;
    }

    private string Path(Model root, bool scalar)
    {
        var parts = new List<string>();
        Model at = root;
        for (int i = 0; i < 12; i++)
        {
            if (at is Map { Entries.Count: > 0 } map)
            {
                (string key, Model value) = parts.Count == 0 ? map.Entries[dice.Between(Math.Min(2, map.Entries.Count - 1), map.Entries.Count - 1)] : dice.From(map.Entries);
                key = key.Trim('"', '\'');
                parts.Add(key.Contains('.', StringComparison.Ordinal) ? dice.Percent(50) ? $"[{key}]" : key.Replace(".", "\\.", StringComparison.Ordinal) : key);
                at = value;
            }
            else if (at is Seq { Items.Count: > 0 } seq)
            {
                int index = dice.Below(seq.Items.Count);
                at = seq.Items[index];
                parts.Add(at is Map item && item["name"] is Scalar name && dice.Percent(60)
                    ? $"[name={name.Raw}]"
                    : dice.Percent(30) ? "*" : index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                break;
            }
            if (!scalar && dice.Percent(30))
            {
                break;
            }
        }
        return string.Join('.', parts);
    }

    private static string Quote(string path) => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
