using System.Reflection;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

public sealed class RuleCatalogTests
{
    [Fact]
    public void EveryDiagnosticOfTheEngine_IsARule()
    {
        IEnumerable<string> ids = typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(ids, id => Assert.NotNull(RuleCatalog.Default.Find(id)));
    }

    [Fact]
    public void EveryRule_HasADocumentThatNamesItAndItsSeverity() =>
        Assert.All(RuleCatalog.Default.Rules, rule =>
        {
            string document = File.ReadAllText(ExampleRepositories.File(rule.HelpPath));
            Assert.StartsWith($"# {rule.Id}\n", document, StringComparison.Ordinal);
            Assert.Contains($"Severity: {rule.Severity.ToString().ToLowerInvariant()}", document, StringComparison.Ordinal);
        });

    [Fact]
    public void EveryDocument_IsOfARule_AndListed()
    {
        string folder = ExampleRepositories.File("docs/rules");
        string index = File.ReadAllText(Path.Combine(folder, "README.md"));

        Assert.All(Directory.EnumerateFiles(folder, "*.md").Select(Path.GetFileNameWithoutExtension).Where(name => name != "README"), name =>
        {
            Assert.NotNull(RuleCatalog.Default.Find(name!));
            Assert.Contains($"]({name}.md)", index, StringComparison.Ordinal);
        });
    }
}
