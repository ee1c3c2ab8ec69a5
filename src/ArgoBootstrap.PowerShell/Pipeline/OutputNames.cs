using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Gives results a name that scripts can rely on: <c>ArgoBootstrap.ClusterOverlay</c>, first of their <c>PSTypeNames</c>. The
/// types themselves are in the module's own load context, where no script can name them.
/// </summary>
internal static class OutputNames
{
    private const string Prefix = "ArgoBootstrap.";

    private static readonly ConcurrentDictionary<Type, Stored[]> Properties = new();

    /// <summary>The name of a type's objects.</summary>
    /// <param name="type">A type of the libraries.</param>
    public static string Of(Type type) => Prefix + type.Name;

    /// <summary>Whether objects of a type get a name.</summary>
    /// <param name="type">Any type.</param>
    public static bool IsNamed(Type type) =>
        !type.IsValueType && !type.IsGenericType && type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) == true && type.Assembly != typeof(OutputNames).Assembly;

    /// <summary>Names an object, and those that it holds.</summary>
    /// <param name="value">What is written to the pipeline.</param>
    /// <returns>The same object.</returns>
    public static object? Name(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is not null && IsNamed(plain.GetType()) && Add(plain))
        {
            foreach (Stored property in Properties.GetOrAdd(plain.GetType(), StoredIn))
            {
                NameHeld(property.Prepare(plain));
            }
        }

        return value;
    }

    private static void NameHeld(object? value)
    {
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Name(item);
            }
        }
        else
        {
            Name(value);
        }
    }

    /// <returns>Whether the object had no name yet.</returns>
    private static bool Add(object value)
    {
        // PowerShell remembers it with the object itself, however it is passed on.
        string name = Of(value.GetType());
        PSObject wrapped = PSObject.AsPSObject(value);
        if (wrapped.TypeNames[0] == name)
        {
            return false;
        }

        wrapped.TypeNames.Insert(0, name);
        return true;
    }

    /// <summary>The properties that hold something, as opposed to those that make it whenever they are asked.</summary>
    private static Stored[] StoredIn(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => (property.PropertyType, Field: property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)))
            .Where(property => property.Field is not null && (IsList(property.PropertyType) || IsNamed(property.PropertyType)))
            .Select(property => new Stored(property.Field!, IsList(property.PropertyType) ? typeof(ResultList<>).MakeGenericType(property.PropertyType.GetGenericArguments()) : null)),
    ];

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <summary>What a property of a result holds.</summary>
    /// <param name="Field">Where.</param>
    /// <param name="List">For a list, the type that has a text of its own.</param>
    private sealed record Stored(FieldInfo Field, Type? List)
    {
        /// <summary>Reads the value. A list is given its text first: the compiler's own would show the name of a type that nobody wrote.</summary>
        /// <param name="owner">The result.</param>
        public object? Prepare(object owner)
        {
            object? value = Field.GetValue(owner);
            if (List is not null && value is not null && value.GetType() != List)
            {
                value = Activator.CreateInstance(List, value)!;
                Field.SetValue(owner, value);
            }

            return value;
        }
    }
}
