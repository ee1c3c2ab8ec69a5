using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Tests.Yaml;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Transformation.Patching;

public sealed class RecordedPatchTests
{
    private const string StrategicMerge = "strategic-merge.txt";
    private const string JsonPatch = "json-patch.txt";

    public static TheoryData<string> StrategicMergeCases => RecordedCase.Names(StrategicMerge);

    public static TheoryData<string> JsonPatchCases => RecordedCase.Names(JsonPatch);

    [Theory]
    [MemberData(nameof(StrategicMergeCases))]
    public void A_strategic_merge_patch_does_what_kustomize_did(string name) => Check(StrategicMerge, name);

    [Theory]
    [MemberData(nameof(JsonPatchCases))]
    public void A_JSON_patch_does_what_kustomize_did(string name) => Check(JsonPatch, name);

    [Theory]
    [InlineData(StrategicMerge)]
    [InlineData(JsonPatch)]
    public void The_cases_hold_what_kustomize_does(string file)
    {
        SharedFolder.RequireKustomize();
        foreach (RecordedCase recorded in RecordedCase.Read(file).Where(recorded => !recorded.Name.StartsWith("v4", StringComparison.Ordinal)))
        {
            using var folder = new TemporaryFolder();
            File.WriteAllText(Path.Combine(folder.Path, "base.yaml"), recorded.Base);
            File.WriteAllText(Path.Combine(folder.Path, "patch.yaml"), recorded.Patch);
            File.WriteAllText(
                Path.Combine(folder.Path, "kustomization.yaml"),
                "resources: [base.yaml]\npatches: [{path: patch.yaml" + (recorded.HasTarget ? ", target: {kind: .*}" : "") + "}]\n");

            (int exitCode, string output, _) = SharedFolder.Build(folder.Path);

            Assert.Equal((recorded.Name, recorded.Expected), (recorded.Name, exitCode == 0 ? output : null));
        }
    }

    private static void Check(string file, string name)
    {
        RecordedCase recorded = RecordedCase.Read(file).Single(candidate => candidate.Name == name);
        if (recorded.Expected is { } expected)
        {
            Assert.Equal(expected, Build(recorded));
            return;
        }
        KustomizeException error = Assert.Throws<KustomizeException>(() => Build(recorded));
        Assert.NotEmpty(error.Diagnostics[0].Remedy);
        Assert.True(error.Diagnostics[0].Position.Line > 0, error.Message);
    }

    private static string Build(RecordedCase recorded)
    {
        ResourceMap map = Objects.Map(recorded.Base);
        byte[] text = Encoding.UTF8.GetBytes(recorded.Patch);
        ParsedPatch patch = PatchParser.Parse(text, new SourceFile("patch.yaml"), () => ReadPatch(text));
        new PatchTransformer(patch, recorded.HasTarget ? new TargetSelector(default(GroupVersionKind) with { Group = "", Version = "", Kind = ".*" }, "", "", "", "", SourcePosition.None) : null)
            .Transform(map);
        return Objects.Print(map);
    }

    private static List<Resource> ReadPatch(byte[] text) =>
        [.. YamlReader.ReadResourceDocuments(text, new SourceFile("patch.yaml")).Select(node => node is MappingNode mapping && mapping["kind"] is not null
            ? new Resource(mapping, KubernetesSchema.Default)
            : throw new KustomizeException(DiagnosticIds.InvalidResource, "No object.", node.Position, "Write one."))];
}
