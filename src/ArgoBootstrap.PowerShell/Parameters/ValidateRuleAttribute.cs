using System.Management.Automation;
using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Refuses what is not the id of a validation rule: a rule that is misspelt would silently not be checked.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateRuleAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string id = element?.ToString() ?? "";
        if (RuleCatalog.Default.Find(id) is null)
        {
            throw new ValidationMetadataException(
                $"There is no rule '{id}'. The rules are: {string.Join(", ", RuleCatalog.Default.Rules.Select(rule => rule.Id))}.");
        }
    }
}
