// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <fasttext/fasttext.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

/// Trains a small model on a few sentences about the sea and the kitchen, and writes it to `path`.
/// Takes some hundredths of a second; the same each time.
inline void train_model(const std::string& path)
{
    const std::string sentences = path + ".txt";
    {
        std::ofstream out(sentences);
        for (int n = 0; n < 20; ++n)
            out << "__label__sea the ship sails over the waves to the harbour\n"
                   "__label__sea a sailor looks at the tide and the wind\n"
                   "__label__sea waves and wind carry the ship\n"
                   "__label__kitchen stir the soup and add salt and pepper\n"
                   "__label__kitchen bake the bread in a hot oven\n"
                   "__label__kitchen the cook tastes soup with bread\n";
    }
    fasttext::Args args;
    args.parseArgs({"fasttext", "supervised", "-input", sentences, "-output", path, "-dim", "8",
                    "-epoch", "25", "-lr", "0.5", "-thread", "1", "-verbose", "0", "-bucket", "0"});
    fasttext::FastText made;
    made.train(args);
    made.saveModel(path);
    std::filesystem::remove(sentences);
}
