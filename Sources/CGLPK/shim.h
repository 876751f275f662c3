#pragma once
#include <glpk.h>
#include <setjmp.h>
#include <stddef.h>

// GLPK ends the process when one of its own checks fails. These two calls come back instead, with MAILLAGE_GLPK_BROKE: the
// whole environment of the thread is then freed, the problem with it. No Swift frame stands between the jump and its landing.

#define MAILLAGE_GLPK_BROKE (-1)

typedef struct {
    int node_limit;      // nodes of the tree, never seconds: the same on every machine
    const double *start; // a known solution, from index 1; may be NULL
    int started;
    int stopped;         // the limit was met
    int has_bound;
    double bound;        // of the best node that was still open
} maillage_search;

static inline void maillage_search_step(glp_tree *tree, void *info) {
    maillage_search *search = (maillage_search *)info;
    int total = 0, best = 0;
    switch (glp_ios_reason(tree)) {
    case GLP_IHEUR:
        if (search->start != NULL && !search->started) {
            search->started = 1;
            glp_ios_heur_sol(tree, search->start);
        }
        break;
    case GLP_ISELECT:
        best = glp_ios_best_node(tree);
        if (best != 0) {
            search->bound = glp_ios_node_bound(tree, best);
            search->has_bound = 1;
        }
        glp_ios_tree_size(tree, NULL, NULL, &total);
        if (total > search->node_limit) {
            search->stopped = 1;
            glp_ios_terminate(tree);
        }
        break;
    default:
        break;
    }
}

static inline void maillage_glpk_jump(void *info) { longjmp(*(jmp_buf *)info, 1); }

static inline int maillage_simplex(glp_prob *problem, const glp_smcp *parameters) {
    jmp_buf landing;
    if (setjmp(landing) != 0) {
        glp_free_env();
        return MAILLAGE_GLPK_BROKE;
    }
    glp_error_hook(maillage_glpk_jump, &landing);
    int status = glp_simplex(problem, parameters);
    glp_error_hook(NULL, NULL);
    return status;
}

static inline int maillage_intopt(glp_prob *problem, glp_iocp *parameters, maillage_search *search) {
    jmp_buf landing;
    parameters->cb_func = maillage_search_step;
    parameters->cb_info = search;
    if (setjmp(landing) != 0) {
        glp_free_env();
        return MAILLAGE_GLPK_BROKE;
    }
    glp_error_hook(maillage_glpk_jump, &landing);
    int status = glp_intopt(problem, parameters);
    glp_error_hook(NULL, NULL);
    return status;
}
