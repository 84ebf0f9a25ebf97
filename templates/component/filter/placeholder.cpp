#include <penstock/sdk.hpp>

#include <cstdint>
#include <string>

namespace placeholder_package
{

class placeholder final : public penstock::filter
{
    penstock::parameter<std::string> field{*this, "field", "text", "The field that is looked at."};
    penstock::parameter<std::uint32_t> least{*this, "least", 1, "How many bytes its text has.",
                                             penstock::range{0, 1'000'000}};

    bool keep(const penstock::packet& packet) override
    {
        return packet.text(*field, "").size() >= *least;
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::filter, "Lets packets pass that have enough text."))
