// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Runs a target without libFuzzer: over its seeds and some thousand changes of them, the same each
// time (--rounds N), or over the files that are named. With --seeds FOLDER it writes the seeds
// there.

#include "mutation.hpp"
#include "target.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace
{

using namespace penstock::fuzz;

// The input that is being tried, for keep(); nothing is made when the process has come to grief.
std::string_view tried;
std::string found_file;

// Keeps the input that ended the process.
void keep(int)
{
    const int file = ::open(found_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool kept =
        ::write(file, tried.data(), tried.size()) == static_cast<ssize_t>(tried.size());
    const char* const said = kept ? ": the input is kept here\n" : ": the input cannot be kept\n";
    if (::write(STDERR_FILENO, found_file.data(), found_file.size()) > 0 &&
        ::write(STDERR_FILENO, said, std::strlen(said)) > 0)
        ::_exit(1);
    ::_exit(2);
}

void run(std::string_view input)
{
    tried = input;
    try_input(input);
}

void write_seeds(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::size_t number = 0;
    for (const std::string& each : seeds())
        std::ofstream(folder / std::to_string(number++), std::ios::binary) << each;
}

void run_file(const char* name)
{
    std::ifstream file(name, std::ios::binary);
    if (!file)
    {
        std::cerr << name << ": cannot be read\n";
        std::exit(2);
    }
    const std::string text(std::istreambuf_iterator<char>(file), {});
    run(text);
}

void run_rounds(std::size_t rounds)
{
    const std::vector<std::string> all = seeds();
    for (const std::string& each : all)
        run(each);
    mutation changes(all);
    for (std::size_t round = 0; round < rounds; ++round)
    {
        const std::string input = changes.next();
        run(input);
    }
    std::cout << all.size() << " seeds and " << rounds << " changes of them: nothing found\n";
}

} // namespace

int main(int count, char** arguments)
{
    found_file = std::filesystem::absolute(arguments[0]).filename().string() + ".found";
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        std::signal(signal, keep);
    const std::string_view verb = count > 1 ? arguments[1] : "";
    if (count == 3 && verb == "--seeds")
        write_seeds(arguments[2]);
    else if (count == 3 && verb == "--rounds")
        run_rounds(std::strtoul(arguments[2], nullptr, 10));
    else if (count > 1 && !verb.starts_with("--"))
        for (int i = 1; i < count; ++i)
            run_file(arguments[i]);
    else
    {
        std::cerr << "usage: " << arguments[0] << " FILE... | --rounds N | --seeds FOLDER\n";
        return 2;
    }
    return 0;
}
