using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Transformation;

namespace ArgoBootstrap.Kustomize.Tests.Transformation;

public sealed class ImagePatternTests
{
    private static readonly string[] Names = ["nginx", "quay.io/argoproj/argocd", "localhost:5000/web", "a.b", "", "ng.*", "(nginx|apache)"];

    private static readonly string[] Images =
    [
        "nginx", "nginx:1.2", "nginx:", "nginx:1.2@sha256:abc", "nginx@sha256:abc", "nginx@sha512:abc", "nginx:1.2:3", "nginx:{{tag}}", "nginx:a b", "xnginx", "nginxx",
        "quay.io/argoproj/argocd:v1", "quayXio/argoproj/argocd:v1", "quay\nio/argoproj/argocd", "localhost:5000/web", "localhost:5000/web:1", "a.b", "axb:1", "a\nb", "", ":1", "@sha256:x", "apache:2", "ngsomething:3",
    ];

    [Fact]
    public void Fits_what_kustomizes_regular_expression_fits()
    {
        foreach (string name in Names)
        {
            var reference = new Regex("^" + name + @"(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?\z");
            var pattern = new ImagePattern(name);
            Assert.All(Images, image => Assert.Equal(reference.IsMatch(image), pattern.Fits(image)));
        }
    }
}
