using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes vaults, or for <c>-SecretName</c> the names of secrets, where SecretManagement is installed.</summary>
public sealed class SecretVaultCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = WildcardPattern.Escape(wordToComplete.Trim('\'', '"'));
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        pipeline.AddCommand($"Microsoft.PowerShell.SecretManagement\\{(parameterName == "Vault" ? "Get-SecretVault" : "Get-SecretInfo")}").AddParameter("Name", start + "*");
        if (parameterName != "Vault" && fakeBoundParameters["Vault"] is string vault)
        {
            pipeline.AddParameter("Vault", vault);
        }

        try
        {
            return [.. pipeline.Invoke()
                .Select(item => item?.Properties["Name"]?.Value?.ToString() ?? "")
                .Where(name => name.Length > 0)
                .Distinct()
                .Select(name => new CompletionResult(CompletionSession.Quote(name), name, CompletionResultType.ParameterValue, name))];
        }
        catch (RuntimeException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }
}
