# Central versions, beside generators of the SDK and another one's YAML, below a folder with a space and letters beyond ASCII; the namespace and the folder of specs are the project's.
project "Größe 1/Central" Exe '<PropertyGroup><ZfDeclNamespace>My.Networks</ZfDeclNamespace><ZfDeclSpecs>networks</ZfDeclSpecs><ZfDeclArtifacts>runs</ZfDeclArtifacts></PropertyGroup>
  <ItemGroup><PackageReference Include="ZfDecl" /><AdditionalFiles Include="api/*.yaml" /></ItemGroup>'
mv specs networks && mkdir api && printf 'openapi: 3.0.0\npaths: {}\n' >api/openapi.yaml
cat >Directory.Packages.props <<EOF
<Project>
  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally><CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled></PropertyGroup>
  <ItemGroup><PackageVersion Include="ZfDecl" Version="$version" /></ItemGroup>
</Project>
EOF
cat >Program.cs <<'EOF'
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
Console.WriteLine($"{My.Networks.Digits.Declaration.Name} {Words.Digits().IsMatch("7")} {System.Text.Json.JsonSerializer.Serialize(3, Context.Default.Int32)}");
internal static partial class Words { [GeneratedRegex("[0-9]")] public static partial Regex Digits(); }
[JsonSerializable(typeof(int))] internal sealed partial class Context : JsonSerializerContext;
EOF
says "Digits True 3" dotnet run
says "results: $PWD/runs/Digits/default" dotnet build -t:Train "${fast[@]}"
says "networks/digits.yaml" dotnet msbuild -t:List
refuses "ZF1705" dotnet build -p:ZfDeclNamespace=My-Net
refuses "ZF1703" dotnet build -p:TorchBackend=cuda
refuses "ZF1010" dotnet build -p:TorchBackend=gpu
refuses "did you mean -p:Epochs" dotnet build -t:Train -p:Epoch=3
step "central versions, another generator, an odd folder, own names"
