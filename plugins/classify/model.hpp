// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace classify_package
{

/// What a text may be, and how sure that is.
struct guess
{
    std::string label;
    double probability;
};

/// A trained classifier of fastText, read from a file. Used by many threads, as nothing in it
/// changes.
class model
{
public:
    /// Reads a file that `fasttext supervised` or `fasttext quantize` wrote. Throws
    /// std::runtime_error with the file's name.
    explicit model(const std::string& path);
    ~model();
    model(const model&) = delete;
    model& operator=(const model&) = delete;

    /// Guesses up to `most` labels that are at least so probable, the most probable first; none for
    /// a text without a word that the model knows. [any thread]
    [[nodiscard]] std::vector<guess> classify(std::string_view text, std::size_t most,
                                              double least) const;

private:
    class trained;
    std::unique_ptr<trained> trained_;
};

} // namespace classify_package
