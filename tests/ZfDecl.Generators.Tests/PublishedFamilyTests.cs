using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>The networks after AlexNet, against what their authors, or those who published their weights, count.</summary>
public class PublishedFamilyTests
{
    [Theory]
    [InlineData("Vgg16", 138_357_544)]          // torchvision; the paper's table 2 says 138 million
    [InlineData("Vgg19", 143_667_240)]          // torchvision; 144 million
    [InlineData("NetworkInNetwork", 7_595_176)] // Caffe's model zoo: 29 MB
    [InlineData("GoogLeNet", 6_998_552)]        // BVLC's, without the auxiliary classifiers
    [InlineData("BnInception", 11_295_240)]     // the Caffe model, biases of its convolutions included
    [InlineData("SqueezeNet11", 1_235_496)]     // torchvision
    [InlineData("ResNet18", 11_689_512)]        // torchvision
    [InlineData("ResNet34", 21_797_672)]
    [InlineData("ResNet50", 25_557_032)]
    [InlineData("DenseNet121", 7_978_856)]
    [InlineData("MobileNetV2", 3_504_872)]
    public void TheyHaveThePublishedParameters(string name, long parameters) => Assert.Equal(parameters, Find(name).Parameters);

    [Theory]
    [InlineData("Vgg16", "pool1 64×112×112, pool2 128×56×56, pool3 256×28×28, pool4 512×14×14, pool5 512×7×7")]
    [InlineData("Vgg19", "conv3_4 256×56×56, conv4_4 512×28×28, conv5_4 512×14×14, pool5 512×7×7")]
    [InlineData("NetworkInNetwork", "conv1 96×54×54, pool1 96×27×27, pool2 256×13×13, pool3 384×6×6, cccp8 1000×6×6, pool4 1000×1×1")]
    [InlineData("GoogLeNet", "pool1 64×56×56, pool2 192×28×28, mixed3a 256×28×28, mixed3b 480×28×28, mixed4a 512×14×14, mixed4d 528×14×14, mixed4e 832×14×14, mixed5b 1024×7×7")]
    [InlineData("BnInception", "pool2 192×28×28, mixed3a 256×28×28, mixed3b 320×28×28, strided3b 576×14×14, mixed4c 608×14×14, strided4d 1056×7×7, mixed5b 1024×7×7")]
    [InlineData("SqueezeNet11", "conv1 64×111×111, pool1 64×55×55, fire3 128×55×55, fire5 256×27×27, fire9 512×13×13, conv10 1000×13×13")]
    [InlineData("ResNet18", "conv1 64×112×112, block2_2 64×56×56, block3_2 128×28×28, block4_2 256×14×14, block5_2 512×7×7, pool5 512×1×1")]
    [InlineData("ResNet34", "block2_3 64×56×56, block3_4 128×28×28, block4_6 256×14×14, block5_3 512×7×7")]
    [InlineData("ResNet50", "block2_3 256×56×56, block3_4 512×28×28, block4_6 1024×14×14, block5_3 2048×7×7")]
    [InlineData("DenseNet121", "dense1_0 64×56×56, dense1_6 256×56×56, dense2_12 512×28×28, dense3_24 1024×14×14, dense4_16 1024×7×7")]
    [InlineData("MobileNetV2", "block1 16×112×112, block2_2 24×56×56, block3_3 32×28×28, block5_3 96×14×14, block7_1 320×7×7, conv8 1280×7×7")]
    public void TheyHaveThePublishedSizes(string name, string sizes) => Assert.Equal(sizes, string.Join(", ", sizes.Split(", ").Select(one => Size(Find(name).Layer(one.Split(' ')[0])))));

    [Theory]
    [InlineData("resnet50.yaml")]
    [InlineData("densenet121.yaml")]
    public void WhatRepeatsTakesFewLines(string file) => Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Specs, file)).Length, 1, 59);

    private static string Size(LayerInfo layer) => $"{layer.Name} {layer.Output.Maps}×{layer.Output.Height}×{layer.Output.Width}";

    private static NetworkInfo Find(string name) => DeclaredNetworks.All.Single(entry => entry.Info.Name == name).Info;
}
