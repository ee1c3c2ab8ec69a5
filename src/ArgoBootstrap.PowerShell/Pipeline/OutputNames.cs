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

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Nested = new();

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
            foreach (PropertyInfo property in Nested.GetOrAdd(plain.GetType(), Holders))
            {
                NameHeld(property.GetValue(plain));
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

    /// <summary>The properties that hold what gets a name, as opposed to those that make something whenever they are asked.</summary>
    private static PropertyInfo[] Holders(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && Held(property.PropertyType) is { } held && IsNamed(held))
            .Where(property => property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null),
    ];

    private static Type? Held(Type type) =>
        type == typeof(string) ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list ? list.GetGenericArguments()[0]
        : type;
}
