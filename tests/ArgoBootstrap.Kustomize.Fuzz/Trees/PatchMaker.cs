using System.Globalization;

namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes patches that fit objects, or nearly.</summary>
/// <param name="dice">Decides.</param>
/// <param name="objects">Makes values.</param>
internal sealed class PatchMaker(Dice dice, ObjectMaker objects)
{
    /// <summary>A strategic merge patch.</summary>
    /// <param name="target">What it changes.</param>
    /// <param name="named">Whether it names the object.</param>
    public Map StrategicMerge(KubernetesObject target, bool named)
    {
        var metadata = new Map();
        metadata.Add("name", named ? target.Name : "any");
        if (named && target.Namespace.Length > 0)
        {
            metadata.Add("namespace", target.Namespace);
        }
        Map patch = Model.Of(("apiVersion", target.ApiVersion), ("kind", target.Kind), ("metadata", metadata));
        if (dice.Percent(3))
        {
            patch.Add("$patch", dice.Of("delete", "replace", "merge"));
            return patch;
        }
        if (dice.Percent(25))
        {
            metadata.Add(dice.Of("labels", "annotations"), dice.Percent(10) ? "null" : objects.Pairs(text: false));
        }
        foreach ((string key, Model value) in target.Model.Entries)
        {
            if (key is not ("apiVersion" or "kind" or "metadata") && dice.Percent(80))
            {
                patch.Add(key, Change(value, 0));
            }
        }
        if (dice.Percent(10))
        {
            patch.Add(dice.Of("data", "spec2", "extra"), objects.Tree(2));
        }
        return patch;
    }

    /// <summary>A JSON patch.</summary>
    public Seq Json(KubernetesObject target)
    {
        var operations = new Seq([]);
        int count = dice.Between(1, 3);
        for (int i = 0; i < count; i++)
        {
            operations.Items.Add(Operation(target.Model));
        }
        return operations;
    }

    /// <summary>A selector that fits an object, or nearly.</summary>
    public Map Selector(KubernetesObject target)
    {
        var selector = new Map();
        if (dice.Percent(80))
        {
            selector.Add("kind", dice.Percent(90) ? target.Kind : dice.Of("\"Deploy.*\"", "\".*Set\"", "\"(Deployment|Service)\""));
        }
        if (dice.Percent(70) || selector.Entries.Count == 0)
        {
            selector.Add("name", dice.Percent(80) ? target.Name : dice.Of("\".*\"", "\"a.*\"", "\"[aw].+\"", "\"(app|web)\"", "\"^app$\""));
        }
        if (dice.Percent(15))
        {
            selector.Add("group", target.Group.Length > 0 ? target.Group : "\"\"");
        }
        if (dice.Percent(15))
        {
            selector.Add("version", target.Version);
        }
        if (dice.Percent(8))
        {
            selector.Add("namespace", target.Namespace.Length > 0 ? target.Namespace : dice.Of("default", "\".*\""));
        }
        if (dice.Percent(8))
        {
            selector.Add(dice.Of("labelSelector", "annotationSelector"), dice.Of("app", "\"app=alpha\"", "\"tier in (one, two)\"", "\"!role\"", "\"app!=x,env\"", "\"key notin (a)\""));
        }
        return selector;
    }

    private Model Change(Model value, int depth)
    {
        if (dice.Percent(4))
        {
            return dice.Of("null", "", "~");
        }
        switch (value)
        {
            case Map map:
                var changed = new Map();
                if (dice.Percent(3))
                {
                    changed.Add("$patch", dice.Of("delete", "replace", "merge"));
                }
                foreach ((string key, Model child) in map.Entries)
                {
                    if (key == "name" || key.EndsWith("Port", StringComparison.Ordinal) || dice.Percent(50))
                    {
                        changed.Add(key, key == "name" && dice.Percent(85) ? child : Change(child, depth + 1));
                    }
                }
                if (dice.Percent(15) && changed["extra"] is null)
                {
                    changed.Add("extra", objects.Tree(2));
                }
                return changed;
            case Seq seq:
                var items = new Seq([.. seq.Items.Where(_ => dice.Percent(70)).Select(i => i is Map ? Change(i, depth + 1) : dice.Percent(70) ? i : Scalars.Any(dice))]);
                if (seq.Items.Count > 0 && seq.Items[0] is Map first && dice.Percent(25))
                {
                    Map added = (Map)first.Copy();
                    added.Set("name", dice.Of("added", "other"));
                    items.Items.Insert(dice.Below(items.Items.Count + 1), added);
                }
                if (dice.Percent(5))
                {
                    items.Items.Add(Model.Of(("$patch", dice.Of("delete", "replace", "merge"))));
                }
                return items;
            default:
                return dice.Percent(75) ? Scalars.Any(dice) : value;
        }
    }

    private Map Operation(Model root)
    {
        var path = new List<string>();
        Model at = root;
        int depth = dice.Between(1, 6);
        for (int i = 0; i < depth; i++)
        {
            if (at is Map { Entries.Count: > 0 } map)
            {
                (string key, Model value) = dice.From(map.Entries);
                if (i == 0 && key is "apiVersion" or "kind" && dice.Percent(90))
                {
                    (key, value) = map.Entries[^1];
                }
                path.Add(key.Trim('"', '\'').Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
                at = value;
            }
            else if (at is Seq { Items.Count: > 0 } seq)
            {
                int index = dice.Below(seq.Items.Count);
                path.Add(index.ToString(CultureInfo.InvariantCulture));
                at = seq.Items[index];
            }
        }
        string verb = dice.Of("add", "add", "replace", "replace", "remove", "test", "copy", "move");
        if (verb == "add" && dice.Percent(50))
        {
            path.Add(at is Seq ? dice.Of("-", "0") : dice.Of("added", "annotations", "labels", "x~1y"));
        }
        if (path is ["metadata", "name"] or ["kind"] or ["apiVersion"] or ["metadata"] && verb != "test")
        {
            path = ["metadata", "annotations", "added"];
            verb = "add";
        }
        string pointer = "/" + string.Join('/', path);
        string quoted = "\"" + pointer.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        Map operation = Model.Of(("op", verb), ("path", quoted));
        switch (verb)
        {
            case "add" or "replace":
                operation.Add("value", dice.Percent(70) ? Scalars.Any(dice) : objects.Tree(2));
                break;
            case "test":
                operation.Add("value", at);
                break;
            case "copy" or "move":
                operation.Set("path", dice.Of("/metadata/annotations/copied", "/metadata/labels", "/copied", "/metadata/annotations"));
                operation.Add("from", quoted);
                break;
        }
        return operation;
    }
}
