using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>What all results have in common, whichever cmdlet they come from.</summary>
public sealed class ResultTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Enums_AreTextInJson()
    {
        // ConvertTo-Json writes an enum as its number, unless JavaScript could not hold it: those on long become text.
        Assert.DoesNotContain(ResultTypes().SelectMany(Members), type => type.IsEnum && Enum.GetUnderlyingType(type) != typeof(long));
    }

    [Fact]
    public void Names_AreOfOneTypeEach()
    {
        IEnumerable<Type> types = ResultTypes().SelectMany(Members).Distinct();

        Assert.Empty(types.Where(type => !type.IsEnum).GroupBy(type => type.Name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Results_HaveANameThatScriptsCanRelyOn()
    {
        _fleet.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: [missing.yaml]\n");

        string[] names =
        [
            .. Names("Get-GitOpsRepository"), .. Names("Get-ClusterOverlay"), .. Names("Resolve-OverlayPath prod dc11a"),
            .. Names("New-ClusterOverlay prod dc12a argocd.dc12a.example.com"), .. Names("Test-KustomizeOverlay ./apps"), .. Names("(Test-KustomizeOverlay ./apps).Findings"),
            .. Names("Compare-KustomizeOverlay ./apps/system/overlays/prod/dc11a/argocd -DifferencePath ./apps/system/overlays/prod/dc11b/argocd"),
            .. Names("Build-KustomizeOverlay ./apps/system/overlays/prod/dc11a/argocd"),
            .. Names("Deploy-KustomizeOverlay ./apps/system/overlays/prod/dc11a/argocd -WhatIf"),
            .. Names("Invoke-GitOpsBootstrap prod dc11a -WhatIf"), .. Names("(Invoke-GitOpsBootstrap prod dc11a -WhatIf).Steps"), .. Names("Install-ArgoCD -Environment prod -Cluster dc11a -WhatIf"),
            .. Names("Install-Fleet 0.14.0 -WhatIf"),
        ];

        Assert.Equal(
            [
                "ArgoBootstrap.GitOpsRepository", "ArgoBootstrap.ClusterOverlay", "ArgoBootstrap.ClusterOverlay", "ArgoBootstrap.ClusterOverlay", "ArgoBootstrap.OverlayTestResult",
                "ArgoBootstrap.Finding", "ArgoBootstrap.ResourceChange", "ArgoBootstrap.Resource", "ArgoBootstrap.PlannedObject", "ArgoBootstrap.BootstrapPlan",
                "ArgoBootstrap.BootstrapPlanStep", "ArgoBootstrap.ArgoCDInstallPlan", "ArgoBootstrap.RancherFleetInstallPlan",
            ],
            names);
    }

    [Fact]
    public void PSTypeName_OfAParameter_TakesResults()
    {
        string accepted = _fleet.Session.Value<string>(
            """
            function Get-Place([Parameter(Mandatory, ValueFromPipeline)] [PSTypeName('ArgoBootstrap.ClusterOverlay')] $Overlay) { process { $Overlay.RelativePath } }
            Get-ClusterOverlay dc11a | Get-Place
            """);

        Assert.Equal("apps/system/overlays/prod/dc11a/argocd", accepted);
    }

    [Fact]
    public void Errors_AreCaughtByTheirId()
    {
        string caught = _fleet.Session.Value<string>(
            """
            try { Resolve-OverlayPath staging -ErrorAction Stop }
            catch {
                $problem = $_
                switch -Wildcard ($problem.FullyQualifiedErrorId) { 'EnvironmentNotFound,*' { "no such environment: $($problem.TargetObject)" } default { throw } }
            }
            """);

        Assert.Equal("no such environment: staging", caught);
    }

    [Fact]
    public void Documents_name_outputs_as_results_are_named()
    {
        IEnumerable<string> documented = Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "cmdlets"), "*-*.md")
            .SelectMany(File.ReadLines).Where(line => line.StartsWith("### ArgoBootstrap.", StringComparison.Ordinal)).Select(line => line[4..].Trim());

        Assert.Empty(documented.Except(ResultNames()));
    }

    [Fact]
    public void Views_are_selected_by_the_names_that_results_have()
    {
        IEnumerable<string> selectors = XDocument.Load(RepositoryRoot.Combine("module", "ArgoBootstrap.Format.ps1xml"))
            .Descendants("TypeName").Select(name => name.Value).Where(name => name.Split('.').Length == 2);

        Assert.Empty(selectors.Except(ResultNames()));
    }

    /// <summary>The names of all results in <c>PSTypeNames</c>: a rendered object has one without a type of its own.</summary>
    private IEnumerable<string> ResultNames() => [.. ResultTypes().SelectMany(Members).Select(type => "ArgoBootstrap." + type.Name), "ArgoBootstrap.Resource"];

    private IEnumerable<string> Names(string command) =>
        _fleet.Session.Run(command).Output.Select(result => result.TypeNames[0]).Distinct();

    private IEnumerable<Type> ResultTypes() =>
        _fleet.Session.Invoke("(Get-Module ArgoBootstrap).ExportedCmdlets.Values.ImplementingType").Select(type => (Type)type.BaseObject)
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(attribute => attribute.Type)
            .Select(name => name.Type)
            .Where(type => type?.Namespace?.StartsWith("ArgoBootstrap.", StringComparison.Ordinal) == true);

    /// <summary>A type with those of all that can be reached from its properties.</summary>
    private static HashSet<Type> Members(Type start)
    {
        HashSet<Type> found = [];
        Stack<Type> open = new([start]);
        while (open.TryPop(out Type? type))
        {
            Type plain = Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;
            if (plain.IsGenericType)
            {
                Array.ForEach(plain.GetGenericArguments(), open.Push);
            }
            else if (plain.Namespace?.StartsWith("ArgoBootstrap.", StringComparison.Ordinal) == true && found.Add(plain) && !plain.IsEnum)
            {
                Array.ForEach(plain.GetProperties(), property => open.Push(property.PropertyType));
            }
        }

        return found;
    }
}
