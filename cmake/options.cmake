# Compiler flags of every target: warnings, hardening, sanitizers.
set(WIRECAUSE_WARNINGS
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wundef -Wvla -Wformat=2 -Wswitch-enum)
if(WIRECAUSE_WERROR)
    list(APPEND WIRECAUSE_WARNINGS -Werror)
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # text_starts() and its like stand in base/ and are called for every line:
    # inlining them across files is worth a third on logs.
    include(CheckIPOSupported)
    check_ipo_supported(RESULT has_ipo OUTPUT ipo_output LANGUAGES C)
    if(has_ipo)
        set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
    endif()
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
    add_link_options(-pie -Wl,-z,relro,-z,now)
endif()
if(WIRECAUSE_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer
                        -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()
if(WIRECAUSE_COVERAGE)
    add_compile_options(--coverage -O0)
    add_link_options(--coverage)
endif()
