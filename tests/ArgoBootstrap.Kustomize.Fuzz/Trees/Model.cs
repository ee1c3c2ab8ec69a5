namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>A value that is to be written as YAML.</summary>
internal abstract record Model
{
    /// <summary>A scalar whose text is written as it is: quotes and all.</summary>
    public static implicit operator Model(string raw) => new Scalar(raw);

    /// <summary>A number.</summary>
    public static implicit operator Model(int number) => new Scalar(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A mapping of keys and values.</summary>
    public static Map Of(params (string Key, Model Value)[] entries)
    {
        var map = new Map();
        foreach ((string key, Model value) in entries)
        {
            map.Entries.Add(new(key, value));
        }
        return map;
    }

    /// <summary>A sequence.</summary>
    public static Seq ListOf(params IEnumerable<Model> items) => new([.. items]);

    /// <summary>A copy that can be changed without changing this one.</summary>
    public Model Copy() => this switch
    {
        Map map => new Map([.. map.Entries.Select(e => new KeyValuePair<string, Model>(e.Key, e.Value.Copy()))]),
        Seq seq => new Seq([.. seq.Items.Select(i => i.Copy())]),
        _ => this,
    };
}

/// <summary>A scalar that fits on one line, as it is written.</summary>
internal sealed record Scalar(string Raw) : Model;

/// <summary>A block scalar.</summary>
/// <param name="Header">What follows the key: <c>|</c>, <c>&gt;-</c> and the like.</param>
/// <param name="Lines">Its lines, without indentation.</param>
internal sealed record Block(string Header, IReadOnlyList<string> Lines) : Model;

/// <summary>A sequence.</summary>
internal sealed record Seq(List<Model> Items) : Model;

/// <summary>A mapping, whose keys are written as they are.</summary>
internal sealed record Map(List<KeyValuePair<string, Model>> Entries) : Model
{
    public Map()
        : this([])
    {
    }

    /// <summary>The value of a key, or null.</summary>
    public Model? this[string key] => Entries.FirstOrDefault(e => e.Key == key).Value;

    /// <summary>Appends a key.</summary>
    public void Add(string key, Model value) => Entries.Add(new(key, value));

    /// <summary>Gives a key another value.</summary>
    public void Set(string key, Model value)
    {
        int at = Entries.FindIndex(e => e.Key == key);
        if (at < 0)
        {
            Add(key, value);
        }
        else
        {
            Entries[at] = new(key, value);
        }
    }
}
