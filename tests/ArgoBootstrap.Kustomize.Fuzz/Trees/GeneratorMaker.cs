using System.Text;

namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Makes entries of <c>configMapGenerator</c> and <c>secretGenerator</c>, with the files that they read.</summary>
/// <param name="dice">Decides.</param>
internal sealed class GeneratorMaker(Dice dice)
{
    private static readonly string[] Literals =
    [
        "a=1", "b=yes", "\"c=\"", "d='quoted'", "'e=\"quoted\"'", "f=x=y", "\"g=line1\\nline2\"", "h=caf\u00e9", "\"i= lead\"", "j=12:30", "k=0777", "\"l=trail \"", "\"m=\U0001F600\"", "n.o=p", "\"q r=s\"",
        "\"t=\\t\"", "u=$(VAR)", "\"12=x\"", "\"yes=x\"", "v='unbalanced", "_w=null", "X=~", "b10=1", "b9=2", "'y-z={\"a\": 1}'",
    ];

    private static readonly string[] EnvLines =
        ["A=1", "B=two words", "# comment", "", "  C=lead", "D=\"quoted\"", "E='x'", "F", "G=a=b", "H= trail ", "\tI=tab", "J=caf\u00e9", "K==", "L=# no comment", "m.n=1", "O=\\n", "P=12:30", " # also", "Q=\U0001F600"];

    private static readonly string[] Contents =
    [
        "", "text", "text\n", "line 1\nline 2\n", "trailing \nx\n", "\ttab\n", "crlf\r\nline\r\n", "caf\u00e9\n", "\n\nlead", " lead\n", "key: value\nlist:\n- a\n", "no newline at end\nof file", "\uFEFFbom", "\0binary",
        "a very long line that goes on and on and on and on and on and on and on and on and on and on and on until it ends\n", "12", "yes", "null", "x\n\n\n", "{\"a\": [1, 2, {\"b\": null}]}", "\U0001F600\n",
    ];

    /// <summary>An entry.</summary>
    /// <param name="tree">Receives files.</param>
    /// <param name="folder">The kustomization's folder.</param>
    /// <param name="name">Name of the object.</param>
    /// <param name="secret">Whether it makes a Secret.</param>
    /// <param name="behavior">Its behavior; empty for none.</param>
    public Map Entry(FileTree tree, string folder, string name, bool secret, string behavior)
    {
        Map entry = Model.Of(("name", name));
        if (behavior.Length > 0)
        {
            entry.Add("behavior", behavior);
        }
        if (dice.Percent(6))
        {
            entry.Add("namespace", dice.Of("default", "prod"));
        }
        if (secret && dice.Percent(30))
        {
            entry.Add("type", dice.Of("Opaque", "kubernetes.io/tls", "\"\""));
        }
        if (dice.Percent(70))
        {
            entry.Add("literals", new Seq([.. Enumerable.Range(0, dice.Between(1, 4)).Select(_ => dice.From(Literals)).Distinct().Select(l => (Model)l)]));
        }
        if (dice.Percent(30))
        {
            string file = NewFile(tree, folder, dice.Of("conf.txt", "app.properties", "no.txt", "b.json", "x y.txt"), dice.Percent(85) ? Encoding.UTF8.GetBytes(dice.From(Contents)) : Binary());
            entry.Add("files", Model.ListOf(dice.Percent(40) ? $"key{dice.Below(3)}={file}" : file));
        }
        if (dice.Percent(25))
        {
            string file = NewFile(tree, folder, "vars.env", Encoding.UTF8.GetBytes(string.Join(dice.Percent(85) ? "\n" : "\r\n", Enumerable.Range(0, dice.Between(1, 5)).Select(_ => dice.From(EnvLines)).Distinct())));
            if (dice.Percent(15))
            {
                entry.Add("env", file);
            }
            else
            {
                entry.Add("envs", Model.ListOf(file));
            }
        }
        if (dice.Percent(30))
        {
            entry.Add("options", Options());
        }
        return entry;
    }

    /// <summary><c>generatorOptions</c>, or the options of an entry.</summary>
    public Map Options()
    {
        var options = new Map();
        if (dice.Percent(50))
        {
            options.Add("disableNameSuffixHash", dice.Of("true", "false"));
        }
        if (dice.Percent(25))
        {
            options.Add("immutable", dice.Of("true", "false"));
        }
        if (dice.Percent(40))
        {
            options.Add("labels", Model.Of(("gen", dice.Of("a", "\"yes\"", "\"1\""))));
        }
        if (dice.Percent(40))
        {
            options.Add("annotations", Model.Of(("note", Scalars.Text(dice))));
        }
        return options;
    }

    private static string NewFile(FileTree tree, string folder, string name, byte[] content)
    {
        tree.Files[$"{folder}/{name}"] = content;
        return name;
    }

    // Not UTF-8, and long enough to be wrapped at times.
    private byte[] Binary() => [0xFF, .. Enumerable.Range(0, dice.Between(1, 120)).Select(_ => (byte)dice.Below(256))];
}
