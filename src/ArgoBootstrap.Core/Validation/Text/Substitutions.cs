using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation;

/// <summary>
/// Marks in text that something replaces before a cluster sees it, or that name a value kept elsewhere: templates
/// (<c>{{ x }}</c>), variables (<c>${X}</c>, <c>$(X)</c>), and references of argocd-vault-plugin, vals, 1Password and the like.
/// </summary>
internal static partial class Substitutions
{
    /// <summary>Whether a text has such a mark anywhere, so that its value is not known.</summary>
    public static bool AreIn(string text) => Marks().IsMatch(text) || References().IsMatch(text);

    /// <summary>Whether a text has a reference to a value that is kept elsewhere, such as <c>op://vault/item/field</c>.</summary>
    public static bool IsReference(string text) => References().IsMatch(text);

    /// <summary>A text without the marks.</summary>
    public static string Remove(string text) => References().Replace(Marks().Replace(text, ""), "");

    [GeneratedRegex(
        """
        \{\{.*?\}\}                         # templates of Go, Jinja, Helm, External Secrets
        | \{%.*?%\}
        | \$\{[^{}\r\n]*\}                  # ${NAME}, ${NAME:=default}: envsubst, Flux, Terraform
        | \$\([A-Za-z_][\w.-]*\)            # $(NAME): Kubernetes and kustomize
        | \$\{\{.*?\}\}
        | <<[A-Za-z_][\w.-]*>>
        | @[A-Z][A-Z0-9_]+@
        | %%[A-Za-z_][\w.-]*%%
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Marks();

    [GeneratedRegex(
        """
        <path:[^<>]+>                       # argocd-vault-plugin
        | \bop://[^\s"']+                   # 1Password
        | \b(secret)?ref\+[a-z0-9]+://[^\s"']*  # vals, helmfile
        | (\$\{|>>)?\bvault:[\w./-]+\#[^\s"'}]+\}?  # bank-vaults
        | \b(awssm|awsssm|awsps|azurekeyvault|azkv|keyvault|akv|gcpsecretmanager|gcpsm|gsm|sm|berglas|bws|doppler|infisical|akeyless|conjur|vault|secretsmanager|k8s|secret)://[^\s"']+
        | \bgcp:secretmanager:[^\s"']+
        | \barn:aws[a-z-]*:(secretsmanager|ssm):[^\s"']+
        | @Microsoft\.KeyVault\([^)]*\)
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex References();
}
