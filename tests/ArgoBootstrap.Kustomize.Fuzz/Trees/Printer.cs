using System.Text;

namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Writes a value as YAML in one of the many ways in which people write it.</summary>
internal sealed class Printer
{
    private static readonly string[] Comments = [" # comment", "   # a: b", " #", " # {not: a schema", "\t# after a tab", " # 'quotes\""];
    private readonly Dice _dice;
    private readonly StringBuilder _text = new();
    private readonly List<string> _scalarAnchors = [];
    private readonly List<string> _mapAnchors = [];
    private readonly bool _plain;
    private readonly int _flow;
    private readonly bool _indentLists;
    private int _anchors;

    private Printer(Dice dice, bool plain)
    {
        _dice = dice;
        _plain = plain || dice.Percent(50);
        _flow = _plain ? 2 : 12;
        _indentLists = dice.Percent(40);
    }

    /// <summary>The text of a value.</summary>
    /// <param name="model">The value.</param>
    /// <param name="dice">Decides on the ways.</param>
    /// <param name="plain">Whether comments, anchors and aliases are left out.</param>
    public static string Print(Model model, Dice dice, bool plain = false)
    {
        var printer = new Printer(dice, plain);
        printer.Root(model);
        return printer._text.ToString();
    }

    /// <summary>The text of a value on one line.</summary>
    public static string Flow(Model model, Dice dice)
    {
        var printer = new Printer(dice, plain: true);
        printer.WriteFlow(model);
        return printer._text.ToString();
    }

    private void Root(Model model)
    {
        if (model is Map { Entries.Count: > 0 } or Seq { Items.Count: > 0 })
        {
            WriteBlock(model, 0);
            return;
        }
        WriteFlow(model);
        _text.Append('\n');
    }

    private void WriteBlock(Model model, int indent)
    {
        if (model is Map map)
        {
            foreach ((string key, Model value) in map.Entries)
            {
                Comment(indent);
                _text.Append(' ', indent);
                Entry(key, value, indent);
            }
            if (_mapAnchors.Count > 0 && _dice.Percent(5))
            {
                _text.Append(' ', indent).Append("<<: *").Append(_dice.From(_mapAnchors)).Append('\n');
            }
            return;
        }
        foreach (Model item in ((Seq)model).Items)
        {
            Comment(indent);
            _text.Append(' ', indent).Append('-');
            Item(item, indent);
        }
    }

    private void Comment(int indent)
    {
        if (!_plain && _dice.Percent(2))
        {
            _text.Append(' ', _dice.Percent(70) ? indent : 0).Append(_dice.From(Comments).Trim()).Append('\n');
        }
    }

    private void EndLine()
    {
        if (!_plain && _dice.Percent(3))
        {
            _text.Append(_dice.From(Comments));
        }
        _text.Append('\n');
    }

    private void Entry(string key, Model value, int indent)
    {
        _text.Append(key).Append(':');
        string? anchor = Anchor(value);
        switch (value)
        {
            case Map { Entries.Count: > 0 } or Seq { Items.Count: > 0 } when !_dice.Percent(_flow) || HasBlock(value):
                EndLine();
                WriteBlock(value, value is Seq && !_indentLists ? indent : indent + 2);
                break;
            case Block block:
                WriteLiteral(block, indent + 2);
                break;
            case Scalar when anchor is null && _scalarAnchors.Count > 0 && _dice.Percent(5):
                _text.Append(" *").Append(_dice.From(_scalarAnchors)).Append('\n');
                break;
            default:
                _text.Append(' ');
                WriteFlow(value);
                EndLine();
                break;
        }
        Keep(anchor, value);
    }

    private void Item(Model item, int indent)
    {
        string? anchor = Anchor(item);
        switch (item)
        {
            case Map { Entries.Count: > 0 } map when anchor is null && !HasBlock(item) && !_dice.Percent(_flow):
                _text.Append(' ');
                Entry(map.Entries[0].Key, map.Entries[0].Value, indent + 2);
                WriteBlock(new Map(map.Entries[1..]), indent + 2);
                break;
            case Map { Entries.Count: > 0 } or Seq { Items.Count: > 0 } when HasBlock(item) || !_dice.Percent(_flow):
                EndLine();
                WriteBlock(item, indent + 2);
                break;
            case Block block:
                WriteLiteral(block, indent + 2);
                break;
            default:
                _text.Append(' ');
                WriteFlow(item);
                EndLine();
                break;
        }
        Keep(anchor, item);
    }

    private string? Anchor(Model value)
    {
        if (_plain || !_dice.Percent(2) || value is Block or Scalar { Raw: "" } or Scalar { Raw: ['*', ..] })
        {
            return null;
        }
        string name = $"a{_anchors++}";
        _text.Append(" &").Append(name);
        return name;
    }

    private void Keep(string? anchor, Model value)
    {
        if (anchor is not null)
        {
            (value is Map ? _mapAnchors : _scalarAnchors).Add(anchor);
        }
    }

    private void WriteLiteral(Block block, int indent)
    {
        _text.Append(' ').Append(block.Header).Append('\n');
        foreach (string line in block.Lines)
        {
            _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    private void WriteFlow(Model model)
    {
        switch (model)
        {
            case Map map:
                Separated('{', map.Entries, '}', e => { _text.Append(e.Key).Append(": "); WriteFlow(e.Value); });
                break;
            case Seq seq:
                Separated('[', seq.Items, ']', WriteFlow);
                break;
            case Scalar scalar:
                _text.Append(scalar.Raw);
                break;
            case Block block:
                _text.Append('"').Append(string.Join("\\n", block.Lines.Select(l => l.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\t", "\\t")))).Append('"');
                break;
        }
    }

    private void Separated<T>(char open, List<T> items, char close, Action<T> write)
    {
        _text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            _text.Append(i > 0 ? _dice.Percent(80) ? ", " : " , " : "");
            write(items[i]);
        }
        _text.Append(close);
    }

    private static bool HasBlock(Model model) => model switch
    {
        Block => true,
        Map map => map.Entries.Exists(e => HasBlock(e.Value)),
        Seq seq => seq.Items.Exists(HasBlock),
        _ => false,
    };
}
