using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.Patching;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>What can be done with the objects that configure generators and transformers.</summary>
internal static class PluginSupport
{
    private const string BuiltIn = "builtin";

    /// <summary>The configuration that an object holds, as kustomize reads it. What needs an executable or a container is refused.</summary>
    /// <param name="configuration">The object.</param>
    /// <exception cref="KustomizeException">Nothing built in has this configuration, or it cannot be read.</exception>
    public static Resource Decoded(Resource configuration)
    {
        if (configuration.ApiVersion != BuiltIn)
        {
            throw new KustomizeException(
                DiagnosticIds.PluginNotSupported,
                $"{configuration.Id.Describe()} ({configuration.ApiVersion}) needs an executable or container plugin. Only kustomize's built-in generators and transformers (apiVersion: {BuiltIn}) run here.",
                configuration.Node.Position,
                "Replace the plugin with what kustomize has built in, or render with the kustomize binary yourself (kustomize build --enable-alpha-plugins --enable-exec).");
        }
        return configuration.WithNode(JsonForm.OfConfiguration(configuration.Node));
    }

    /// <summary>The error for a kind that nothing built in has.</summary>
    /// <param name="configuration">The object.</param>
    /// <param name="what">Generator or transformer.</param>
    /// <param name="known">The kinds that there are.</param>
    public static KustomizeException Unknown(Resource configuration, string what, IReadOnlyList<string> known) => new(
        DiagnosticIds.InvalidTransformer,
        $"'{configuration.Kind}' is not a built-in {what}.",
        configuration.Node.Position,
        "Correct the kind." + NameSuggestion.Sentence(configuration.Kind, known));
}
