using System.Management.Automation;
using System.Security;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A secret that tests plant, and look for afterwards.</summary>
internal static class SecretText
{
    /// <summary>The secret.</summary>
    public static readonly string Planted = PlantedSecrets.Create("credential");

    /// <summary>A credential whose password it is.</summary>
    public static PSCredential Credential()
    {
        SecureString password = new();
        foreach (char c in Planted)
        {
            password.AppendChar(c);
        }

        return new PSCredential("argocd", password);
    }

    /// <summary>Asserts that none of the texts has it, plain or as base64.</summary>
    /// <param name="texts">The texts.</param>
    public static void AssertAbsent(IEnumerable<string?> texts)
    {
        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Planted));
        Assert.All(texts, text => Assert.False(text is not null && (text.Contains(Planted, StringComparison.Ordinal) || text.Contains(encoded, StringComparison.Ordinal)), text));
    }
}
