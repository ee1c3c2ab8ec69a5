using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

/// <summary>A small repository around the overlay <c>/r/o</c>, to see what is said about a mistake in it.</summary>
internal static class MessageTree
{
    public const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: b\n";

    public const string Deployment =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: app\n          image: nginx:1\n";

    /// <summary>What is wrong with a kustomization beside which there are cm.yaml and dep.yaml.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string kustomization, params (string Path, string Text)[] files) =>
        Assert.Throws<KustomizeException>(() => Build(kustomization, files).ToYaml()).Diagnostics;

    /// <summary>The one thing that is wrong.</summary>
    public static Diagnostic Error(string kustomization, params (string Path, string Text)[] files) => Assert.Single(Errors(kustomization, files));

    /// <summary>What is warned of.</summary>
    public static IReadOnlyList<Diagnostic> Warnings(string kustomization, params (string Path, string Text)[] files) => Build(kustomization, files).Warnings;

    /// <summary>The place within the repository, with slashes.</summary>
    public static string Place(Diagnostic diagnostic) => Portable(diagnostic.Position.ToString());

    /// <summary>A path or message without what the machine puts in front.</summary>
    public static string Portable(string text) => text.Replace(Path.GetFullPath("/r") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace('\\', '/');

    private static RenderedOverlay Build(string kustomization, (string Path, string Text)[] files)
    {
        InMemoryFileSystem tree = new InMemoryFileSystem().Add("/r/o/kustomization.yaml", kustomization).Add("/r/o/cm.yaml", ConfigMap).Add("/r/o/dep.yaml", Deployment);
        foreach ((string path, string text) in files)
        {
            tree.Add("/r/" + path, text);
        }
        return new KustomizeBuilder(new KustomizeOptions { Files = tree }).Build("/r/o");
    }
}
