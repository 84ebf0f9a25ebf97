// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "model.hpp"

#include <fasttext/fasttext.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace classify_package
{

namespace
{

// What the file of a model begins with, and the last version of its format; fastText checks them
// only in files that it opens itself, and then does not tell whether the rest was there.
constexpr std::int32_t magic = 793712314;
constexpr std::int32_t newest_format = 12;

std::int32_t read_number(std::istream& in)
{
    std::int32_t number = 0;
    in.read(reinterpret_cast<char*>(&number), sizeof number);
    return number;
}

} // namespace

class model::trained : public fasttext::FastText
{
public:
    explicit trained(const std::string& path)
    {
        std::ifstream in(path, std::ios::binary);
        if (!in)
            throw std::runtime_error(path +
                                     ": cannot be read: " + std::generic_category().message(errno));
        if (read_number(in) != magic)
            throw std::runtime_error(path + ": is no model; one of fastText was expected");
        version = read_number(in);
        if (version > newest_format)
            throw std::runtime_error(path + ": has format " + std::to_string(version) +
                                     "; at most " + std::to_string(newest_format) +
                                     " was expected");
        loadModel(in);
        if (!in)
            throw std::runtime_error(path + ": ends too early; a whole model was expected");
        if (args_->model != fasttext::model_name::sup)
            throw std::runtime_error(path + ": has no labels; a supervised model was expected");
    }

    [[nodiscard]] const std::string& prefix() const { return args_->label; }
};

model::model(const std::string& path)
try : trained_(std::make_unique<trained>(path))
{
}
catch (const std::bad_alloc&) // what a broken file says about its size
{
    throw std::runtime_error(path + ": is too large, or broken");
}

model::~model() = default;

std::vector<guess> model::classify(std::string_view text, std::size_t most, double least) const
{
    // A line is what it takes.
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::istringstream in(line + '\n');
    std::vector<std::pair<fasttext::real, std::string>> found;
    trained_->predictLine(in, found, static_cast<std::int32_t>(most),
                          static_cast<fasttext::real>(least));
    std::vector<guess> guesses;
    for (auto& [probability, label] : found)
    {
        if (label.starts_with(trained_->prefix()))
            label.erase(0, trained_->prefix().size());
        guesses.push_back({std::move(label), std::min(1.0, static_cast<double>(probability))});
    }
    return guesses;
}

} // namespace classify_package
