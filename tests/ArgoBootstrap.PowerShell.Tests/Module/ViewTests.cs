using System.Management.Automation;
using System.Xml.Linq;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>What a view shows can be asked for: each column is a property of the same name.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public static TheoryData<string, string, string> Columns()
    {
        TheoryData<string, string, string> columns = [];
        foreach (XElement view in XDocument.Load(RepositoryRoot.Combine("module", "ArgoBootstrap.Format.ps1xml")).Descendants("View"))
        {
            // The last name is the type's own; those before it are given to objects.
            string type = view.Element("ViewSelectedBy")!.Elements("TypeName").Last().Value;
            string[] labels = [.. view.Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value)];
            XElement[] items = [.. view.Descendants("TableColumnItem")];
            Assert.Equal(labels.Length, items.Length);
            for (int i = 0; i < labels.Length; i++)
            {
                columns.Add(type, labels[i], items[i].Element("PropertyName")?.Value ?? labels[i]);
            }
        }

        return columns;
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Columns))]
    public void Column_IsAPropertyOfItsName(string type, string label, string property)
    {
        Assert.Equal(label, property, ignoreCase: true);
        if (type == "ArgoBootstrap.Resource")
        {
            PSObject resource = _session.Invoke("Build-KustomizeOverlay apps/system/overlays/dev/argocd")[0];

            // Without Microsoft.PowerShell.Utility there are no hidden properties, only the set that they are made of.
            Assert.IsAssignableFrom<PSPropertyInfo>(resource.Members[label] ?? ((PSMemberSet)resource.Members["PSOverlay"]).Properties[label]);
            return;
        }

        Assert.Equal(
            label,
            _session.Value<string>(
                """
                param($type, $label)
                $found = [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetType($type) }).Where({ $_ })
                ([psobject][System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($found[0])).psobject.Properties[$label].Name
                """,
                type,
                label));
    }
}
