using System.Management.Automation;
using System.Text.RegularExpressions;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>The documents name no command that does not exist.</summary>
public sealed partial class CommandNameTests : IDisposable
{
    /// <summary>Commands of others that documents may name, and whose they are.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["Get-Secret"] = "Microsoft.PowerShell.SecretManagement",
        ["Invoke-Pester"] = "Pester",
    };

    /// <summary>Commands that documents define themselves, or name as what is not there.</summary>
    private static readonly string[] Examples = ["Get-AdminUrl"];

    private readonly ModuleRunspace _session = new();

    public void Dispose() => _session.Dispose();

    public static TheoryData<string> Documents() =>
    [
        "README.md",
        .. Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamesCommandsThatExist(string document)
    {
        string[] named = [.. CommandName().Matches(File.ReadAllText(RepositoryRoot.Combine(document.Split('/')))).Select(match => match.Value).Distinct()];
        HashSet<string> verbs = [.. Verbs()];
        string[] commands = [.. named.Where(name => verbs.Contains(name.Split('-')[0]) && !Others.ContainsKey(name) && !Examples.Contains(name))];

        Assert.Empty(commands.Except(Known(), StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Verbs() =>
        new[] { typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsLifecycle), typeof(VerbsDiagnostic), typeof(VerbsCommunications), typeof(VerbsSecurity), typeof(VerbsOther) }
            .SelectMany(type => type.GetFields()).Select(field => (string)field.GetValue(null)!);

    /// <summary>The module's own, the engine's, and those of the modules that every PowerShell has.</summary>
    private IEnumerable<string> Known() =>
    [
        .. _session.Invoke("(Get-Command -CommandType Cmdlet, Function).Name").Select(name => name.ToString()),
        "Compare-Object", "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertTo-Csv", "ConvertTo-Json", "ConvertTo-SecureString", "Export-Csv", "Format-List", "Format-Table", "Get-ChildItem",
        "Get-Content", "Get-Credential", "Get-Date", "Get-Item", "Get-Location", "Get-Member", "Group-Object", "Import-Csv", "Join-Path", "Measure-Object", "New-Item", "Out-File",
        "Remove-Item", "Select-Object", "Set-Content", "Set-Location", "Sort-Object", "Split-Path", "Test-Path", "Update-TypeData", "Write-Error", "Write-Host", "Write-Output",
        "Write-Verbose", "Write-Warning", "Start-Process", "Invoke-RestMethod", "Invoke-WebRequest", "Out-String", "Tee-Object", "Select-String", "Get-FileHash", "Copy-Item", "Push-Location", "Pop-Location",
    ];

    [GeneratedRegex(@"(?<![\w./-])[A-Z][a-z]+-[A-Z][A-Za-z]+\b(?!\.(md|Tests))")]
    private static partial Regex CommandName();
}
