# embed_texts(OUTPUT NAME FILE...): compiles text files into the program as
# NAME, an array of { path, text } that ends with { NULL, NULL }. The files stay
# what they are: SQL and YAML that other tools can read.
function(embed_texts output name)
    set(out ${PROJECT_BINARY_DIR}/generated/${output})
    set(inputs "")
    foreach(file ${ARGN})
        list(APPEND inputs ${PROJECT_SOURCE_DIR}/${file})
    endforeach()
    string(REPLACE ";" "|" joined "${ARGN}")
    add_custom_command(
        OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DOUT=${out}
                -DNAME=${name} "-DFILES=${joined}"
                -P ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
        DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
        VERBATIM)
endfunction()
